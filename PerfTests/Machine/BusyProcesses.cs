namespace PerfTests.Machine;

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

        var before = ProcessSnapshot.ReadAll();
        Thread.Sleep(s_window);
        var own = ProcessSnapshot.SelfAndAncestors();
        return
        [
            .. ProcessSnapshot.ReadAll()
                .Where(process => !own.Contains(process.Key) && before.ContainsKey(process.Key))
                .Select(process => new BusyProcess(
                    process.Key,
                    process.Value.Name,
                    100 * (process.Value.CpuTime - before[process.Key].CpuTime) / s_window))
                .Where(process => process.CpuPercent >= LeastPercent)
                .OrderByDescending(process => process.CpuPercent),
        ];
    }
}
