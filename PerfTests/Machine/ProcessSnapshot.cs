using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PerfTests.Machine;

/// <summary>State of a process at one moment, from <c>/proc/PID/stat</c>.</summary>
/// <param name="Name">Name of the process.</param>
/// <param name="ParentId">Id of the parent process.</param>
/// <param name="CpuTime">CPU time that the process has used, in user and kernel mode.</param>
internal sealed record ProcessSnapshot(string Name, int ParentId, TimeSpan CpuTime)
{
    /// <summary>USER_HZ: the kernel reports times to user space in hundredths of a second (man 5 proc).</summary>
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat after the name, counted from 0 (the first one is field 3 in man 5 proc).
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;

    /// <summary>Tries to read the state of a process; returns false if the process has exited or cannot be read.</summary>
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
            var ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture)
                + long.Parse(fields[SystemTimeField], CultureInfo.InvariantCulture);
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

    /// <summary>Reads the state of every process, by process id. Needs <c>/proc</c>.</summary>
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

    /// <summary>Returns the ids of this process, its parent, the parent's parent, and so on.</summary>
    public static IReadOnlySet<int> SelfAndAncestors()
    {
        var ids = new HashSet<int>();
        for (var id = Environment.ProcessId; id > 1 && ids.Add(id) && TryRead(id, out var status); id = status.ParentId)
        {
        }

        return ids;
    }

    /// <summary>Returns the id of the process that traces a process; 0 if none does, or if the system is not Linux.</summary>
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
