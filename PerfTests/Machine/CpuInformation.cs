namespace PerfTests.Machine;

/// <summary>Values that <c>/proc/cpuinfo</c> gives for the first processor.</summary>
internal sealed class CpuInformation
{
    private const string Unknown = "unknown";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads the file; a missing file gives no values.</summary>
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

    /// <summary>Returns the value of the first key that has one, or <c>unknown</c>.</summary>
    public string First(params string[] keys) =>
        keys.Select(key => _values.GetValueOrDefault(key)).FirstOrDefault(value => value is not null) ?? Unknown;
}
