using System.Globalization;

namespace PerfTests.Measurement.Instructions;

/// <summary>
/// Methods of a process by address, from the file that the runtime writes for <c>perf</c>. Each line has a start address, a size
/// and a method, such as <c>0x7f12 1a0 bool [Shm.Arena] Shm.Arena.ShmArena::TryResolve(uint64,int64,native int&amp;)</c>.
/// </summary>
internal sealed class MethodMap
{
    /// <summary>Name of all code outside compiled methods: the runtime, its stubs, and precompiled code of .NET.</summary>
    public const string Other = "other code";

    private readonly List<(ulong Start, ulong End, string Name)> _methods;

    private MethodMap(IEnumerable<(ulong Start, ulong End, string Name)> methods) =>
        _methods = [.. methods.OrderBy(method => method.Start)];

    /// <summary>Reads the file. A missing file gives no methods: names serve only messages.</summary>
    public static MethodMap Read(string path) => Parse(File.Exists(path) ? File.ReadLines(path) : []);

    /// <summary>Reads the lines of a file. Lines of another form are skipped.</summary>
    public static MethodMap Parse(IEnumerable<string> lines) =>
        new(lines.Select(Method).OfType<(ulong, ulong, string)>());

    /// <summary>Adds up executions of instructions by method.</summary>
    /// <param name="executions">Number of executions of each instruction, by address.</param>
    public IReadOnlyDictionary<string, long> Total(IReadOnlyDictionary<ulong, long> executions)
    {
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (address, count) in executions)
        {
            var name = NameAt(address);
            totals[name] = totals.GetValueOrDefault(name) + count;
        }

        return totals;
    }

    private string NameAt(ulong address)
    {
        var (low, high) = (0, _methods.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _methods[middle].Start <= address ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && address < _methods[low - 1].End ? _methods[low - 1].Name : Other;
    }

    private static (ulong Start, ulong End, string Name)? Method(string line) =>
        line.Split(' ', 3) is [var start, var size, var text] && TryParse(start, out var from) && TryParse(size, out var length)
            ? (from, from + length, ShortName(text))
            : null;

    private static bool TryParse(string text, out ulong number) => ulong.TryParse(
        text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text,
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture,
        out number);

    /// <summary>Returns class and method without return type, assembly, namespace and parameters.</summary>
    private static string ShortName(string text)
    {
        if (text.Split('(')[0].Split("::") is not [var left, var method])
        {
            return Other;
        }

        var type = left[(left.LastIndexOf("] ", StringComparison.Ordinal) + 1)..].Trim().Split('[', '`')[0];
        return $"{type.Split('.')[^1]}.{method}";
    }
}
