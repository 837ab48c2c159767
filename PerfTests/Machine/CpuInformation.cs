namespace PerfTests.Machine;

/// <summary>What <c>/proc/cpuinfo</c> says of the first processor.</summary>
internal sealed class CpuInformation
{
    private const string Unknown = "unknown";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads the file; one that is not there says nothing.</summary>
    public static CpuInformation Read(string path)
    {
        var information = new CpuInformation();
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path).TakeWhile(line => line.Length > 0))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    information._values.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
                }
            }
        }

        return information;
    }

    /// <summary>The value of the first of these keys that is there, or <c>unknown</c>.</summary>
    public string First(params string[] keys) =>
        keys.Select(key => _values.GetValueOrDefault(key)).FirstOrDefault(value => value is not null) ?? Unknown;
}
