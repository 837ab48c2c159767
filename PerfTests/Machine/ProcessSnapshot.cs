using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PerfTests.Machine;

/// <summary>What the kernel says of a process in <c>/proc/PID/stat</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ParentId">Who started it.</param>
/// <param name="CpuTime">The time that it has computed.</param>
internal sealed record ProcessSnapshot(string Name, int ParentId, TimeSpan CpuTime)
{
    /// <summary>USER_HZ: what the kernel tells user space is always in hundredths of a second (man 5 proc).</summary>
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name, counted from 0 (man 5 proc counts them from 3).
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;

    /// <summary>Reads a process; one that has ended meanwhile is none.</summary>
    public static bool TryRead(int id, [NotNullWhen(true)] out ProcessSnapshot? status)
    {
        status = null;
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));

            // The name is in parentheses and may itself hold parentheses and spaces.
            var open = text.IndexOf('(', StringComparison.Ordinal);
            var close = text.LastIndexOf(')');
            var fields = text[(close + 2)..].Split(' ');
            var ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTimeField], CultureInfo.InvariantCulture);
            status = new ProcessSnapshot(
                text[(open + 1)..close],
                int.Parse(fields[ParentField], CultureInfo.InvariantCulture),
                TimeSpan.FromSeconds(ticks / TicksPerSecond));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads every process that runs now, by its id; only where there is <c>/proc</c>.</summary>
    public static IReadOnlyDictionary<int, ProcessSnapshot> ReadAll()
    {
        var all = new Dictionary<int, ProcessSnapshot>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && TryRead(id, out var status))
            {
                all[id] = status;
            }
        }

        return all;
    }

    /// <summary>This process, who started it, who started that, and so on.</summary>
    public static IReadOnlySet<int> SelfAndAncestors()
    {
        var ids = new HashSet<int>();
        for (var id = Environment.ProcessId; id > 1 && ids.Add(id) && TryRead(id, out var status); id = status.ParentId)
        {
        }

        return ids;
    }

    /// <summary>The process that traces this one, or 0; 0 on another system than Linux.</summary>
    public static int TracerOf(int id)
    {
        if (!HostSystem.IsLinux)
        {
            return 0;
        }

        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status"))
            .FirstOrDefault(text => text.StartsWith("TracerPid:", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line["TracerPid:".Length..].Trim(), CultureInfo.InvariantCulture);
    }
}
