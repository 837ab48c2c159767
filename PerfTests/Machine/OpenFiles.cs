using System.Globalization;

namespace PerfTests.Machine;

/// <summary>
/// Open files of this process and their soft limit. The .NET runtime raises the soft limit to the hard limit when it starts.
/// </summary>
internal static class OpenFiles
{
    private const string Line = "Max open files";

    /// <summary>Gets the soft limit from <c>/proc/self/limits</c>; unlimited on systems other than Linux.</summary>
    public static long Limit { get; } = !HostSystem.IsLinux ? long.MaxValue : Parse(File.ReadLines("/proc/self/limits"));

    /// <summary>Gets the number of files that this process has open now.</summary>
    public static long Current => Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount();

    internal static long Parse(IEnumerable<string> limits)
    {
        var values = limits.First(line => line.StartsWith(Line, StringComparison.Ordinal))[Line.Length..];
        var soft = values.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }
}
