namespace PerfTests.Machine;

/// <summary>Finds other processes that use CPU time now.</summary>
internal static class BusyProcesses
{
    private const double MinimumPercent = 25;
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Finds processes that take a quarter of a CPU or more, the busiest first. This process and its ancestors are left out.
    /// Finds none on systems other than Linux, because no row is measured there.
    /// </summary>
    public static IReadOnlyList<BusyProcess> Find()
    {
        if (!HostSystem.IsLinux)
        {
            return [];
        }

        var before = ProcessSnapshot.ReadAll();
        Thread.Sleep(s_window);
        var excluded = ProcessSnapshot.SelfAndAncestors();
        return
        [
            .. ProcessSnapshot.ReadAll()
                .Where(process => !excluded.Contains(process.Key) && before.ContainsKey(process.Key))
                .Select(process => new BusyProcess(
                    process.Key,
                    process.Value.Name,
                    100 * (process.Value.CpuTime - before[process.Key].CpuTime) / s_window))
                .Where(process => process.CpuPercent >= MinimumPercent)
                .OrderByDescending(process => process.CpuPercent),
        ];
    }
}
