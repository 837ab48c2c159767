using System.Globalization;

namespace PerfTests.Measurement.Machine;

/// <summary>Free memory of the machine, and of the container that this process is in.</summary>
internal static class Memory
{
    private const string Available = "MemAvailable:";
    private const long BytesPerKibibyte = 1024;

    /// <summary>Limit and usage of the control group: version 2 first, then version 1.</summary>
    private static readonly (string Limit, string Usage, string Cache)[] s_groups =
    [
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.stat"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes", "/sys/fs/cgroup/memory/memory.stat"),
    ];

    /// <summary>Bytes that can still be taken without swapping: the smaller of the machine's and the container's.</summary>
    public static long FreeBytes() => Math.Min(OfMachine(File.ReadLines("/proc/meminfo")), OfContainer());

    /// <summary>Reads the kernel's estimate from the lines of <c>/proc/meminfo</c>.</summary>
    internal static long OfMachine(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(Available, StringComparison.Ordinal));
        return line is null
            ? long.MaxValue
            : BytesPerKibibyte * long.Parse(line[Available.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    private static long OfContainer()
    {
        var (limit, usage, cache) = Array.Find(s_groups, group => File.Exists(group.Limit) && File.Exists(group.Usage));
        return limit is null ? long.MaxValue : OfContainer(File.ReadAllText(limit), File.ReadAllText(usage), File.Exists(cache) ? File.ReadLines(cache) : []);
    }

    /// <summary>Reads what a control group may still take: the page cache is given up where memory is short.</summary>
    internal static long OfContainer(string limit, string usage, IEnumerable<string> statistics)
    {
        // "max" is version 2's word for no limit.
        if (!long.TryParse(limit.Trim(), out var most) || !long.TryParse(usage.Trim(), out var used))
        {
            return long.MaxValue;
        }

        // Files of /dev/shm count as anonymous or shared memory there, and not as inactive file pages.
        var line = statistics.FirstOrDefault(line => line.StartsWith("total_inactive_file ", StringComparison.Ordinal))
            ?? statistics.FirstOrDefault(line => line.StartsWith("inactive_file ", StringComparison.Ordinal));
        var cached = line is null ? 0 : long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        return Math.Max(0, most - used + cached);
    }
}
