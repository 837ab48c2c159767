namespace PerfTests.Measurement.Machine;

/// <summary>Other processes that are at work now.</summary>
internal static class BusyProcesses
{
    private const double LeastPercent = 25;
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Those that take a quarter of a CPU or more, the busiest first; neither this process nor who started it. None on
    /// another system than Linux, where no row is measured.
    /// </summary>
    public static IReadOnlyList<BusyProcess> Find()
    {
        if (!HostSystem.IsLinux)
        {
            return [];
        }

        var before = Snapshot();
        Thread.Sleep(s_window);
        var own = ProcessStatus.SelfAndAncestors();
        return
        [
            .. Snapshot()
                .Where(process => !own.Contains(process.Key) && before.ContainsKey(process.Key))
                .Select(process => new BusyProcess(
                    process.Key,
                    process.Value.Name,
                    100 * (process.Value.CpuTime - before[process.Key].CpuTime) / s_window))
                .Where(process => process.CpuPercent >= LeastPercent)
                .OrderByDescending(process => process.CpuPercent),
        ];
    }

    private static Dictionary<int, ProcessStatus> Snapshot()
    {
        var all = new Dictionary<int, ProcessStatus>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && ProcessStatus.TryRead(id, out var status))
            {
                all[id] = status;
            }
        }

        return all;
    }
}
