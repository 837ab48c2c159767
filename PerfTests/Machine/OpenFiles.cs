using System.Globalization;

namespace PerfTests.Machine;

/// <summary>How many files this process may have open: the soft limit, which the runtime raises to the hard one when it starts.</summary>
internal static class OpenFiles
{
    private const string Line = "Max open files";

    /// <summary>Limit as the kernel gives it in <c>/proc/self/limits</c>; none on another system than Linux.</summary>
    public static long Limit { get; } = !HostSystem.IsLinux ? long.MaxValue : Parse(File.ReadLines("/proc/self/limits"));

    /// <summary>Files that this process has open now.</summary>
    public static long Current => Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount();

    internal static long Parse(IEnumerable<string> limits)
    {
        var soft = limits.First(line => line.StartsWith(Line, StringComparison.Ordinal))[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }
}
