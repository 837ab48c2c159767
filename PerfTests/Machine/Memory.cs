using System.Globalization;

namespace PerfTests.Machine;

/// <summary>Free memory of the machine and of the container that this process runs in.</summary>
internal static class Memory
{
    private const string Available = "MemAvailable:";
    private const long BytesPerKibibyte = 1024;

    private const string Groups = "/sys/fs/cgroup";

    /// <summary>
    /// Gets the number of bytes that can be allocated without swapping: the free memory of the machine or of the container,
    /// whichever is smaller.
    /// </summary>
    public static long FreeBytes() => Math.Min(OfMachine(File.ReadLines("/proc/meminfo")), OfContainer());

    /// <summary>Parses the kernel's estimate of free memory.</summary>
    /// <param name="lines">Lines of <c>/proc/meminfo</c>.</param>
    internal static long OfMachine(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(Available, StringComparison.Ordinal));
        if (line is null)
        {
            return long.MaxValue;
        }

        var kibibytes = line[Available.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return BytesPerKibibyte * long.Parse(kibibytes, CultureInfo.InvariantCulture);
    }

    private static long OfContainer() =>
        GroupFolders(File.ReadLines("/proc/self/cgroup")).Select(OfGroup).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Lists the folders of this process's control groups and of their parents, for cgroup versions 1 and 2.</summary>
    /// <param name="lines">Lines of <c>/proc/self/cgroup</c> (man 7 cgroups).</param>
    internal static IEnumerable<string> GroupFolders(IEnumerable<string> lines)
    {
        foreach (var fields in lines.Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3))
        {
            var top = fields[1].Length == 0 ? Groups : fields[1].Split(',').Contains("memory") ? $"{Groups}/memory" : null;
            for (var path = fields[2].TrimEnd('/'); top is not null; path = path[..Math.Max(0, path.LastIndexOf('/'))])
            {
                yield return top + path;
                if (path.Length == 0)
                {
                    break;
                }
            }
        }
    }

    private static long OfGroup(string folder)
    {
        var limit = First(folder, "memory.max", "memory.limit_in_bytes");
        var usage = First(folder, "memory.current", "memory.usage_in_bytes");
        var statistics = Path.Combine(folder, "memory.stat");
        return limit is null || usage is null
            ? long.MaxValue
            : OfContainer(File.ReadAllText(limit), File.ReadAllText(usage), File.Exists(statistics) ? File.ReadLines(statistics) : []);
    }

    private static string? First(string folder, params string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>
    /// Computes the bytes that a control group can still allocate. Inactive pages of the file cache count as free, because the
    /// kernel reclaims them when memory is short.
    /// </summary>
    /// <param name="limit">Content of the group's limit file; "max" where there is no limit.</param>
    /// <param name="usage">Content of the group's usage file.</param>
    /// <param name="statistics">Lines of the group's <c>memory.stat</c>.</param>
    internal static long OfContainer(string limit, string usage, IEnumerable<string> statistics)
    {
        if (!long.TryParse(limit.Trim(), out var most) || !long.TryParse(usage.Trim(), out var used))
        {
            return long.MaxValue;
        }

        // Pages of /dev/shm are not among the inactive file pages: the kernel counts them as shared memory.
        var line = statistics.FirstOrDefault(line => line.StartsWith("total_inactive_file ", StringComparison.Ordinal))
            ?? statistics.FirstOrDefault(line => line.StartsWith("inactive_file ", StringComparison.Ordinal));
        var cached = line is null ? 0 : long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        return Math.Max(0, most - used + cached);
    }
}
