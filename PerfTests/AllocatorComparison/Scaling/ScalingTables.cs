using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison.Scaling;

/// <summary>Renders how the arena scales over processes and threads.</summary>
internal static class ScalingTables
{
    private static readonly string[] s_processHeadings =
        ["block", "two threads", "two processes", "throughput of processes / threads", "goal", "goal met"];

    private static readonly string[] s_lockHeadings = ["threads", "time in which the lock is held", "blocks per second"];

    /// <summary>Returns the sections; empty if nothing was measured.</summary>
    public static string Render(AllocatorComparisonReport report) =>
        (report.TwoProcesses.Count == 0
            ? string.Empty
            : "## Two processes of one thread each beside one process of two threads\n\n"
                + "Each thread allocates and frees batches of 64 blocks. Times are divided by the blocks of both threads.\n\n"
                + $"{TwoProcesses(report.TwoProcesses)}\n")
        + (report.SupplyLock.Count == 0
            ? string.Empty
            : "## Supply lock\n\n"
                + "Each thread allocates and frees batches of 64 blocks of 1 MiB. A watcher looks at the lock each millisecond.\n\n"
                + $"{SupplyLock(report.SupplyLock)}\n");

    /// <summary>Returns the table of processes beside threads.</summary>
    public static string TwoProcesses(IReadOnlyList<TwoProcessesRow> rows) => PaddedTable.Render(
        s_processHeadings,
        rows.Select(row => new[]
        {
            Workload.TwoThreadsBatches.SizeText(row.BlockBytes),
            Time(row.ThreadsNanoseconds),
            Time(row.ProcessesNanoseconds),
            $"{ValueText.Format(row.ThroughputRatio.Median)} "
                + $"({ValueText.Format(row.ThroughputRatio.Lower)} to {ValueText.Format(row.ThroughputRatio.Upper)})",
            FormattableString.Invariant($"1 +- {TwoProcessesRow.GoalFraction}"),
            row.MeetsGoal ? "met" : "NOT MET",
        }));

    /// <summary>Returns the table of the supply lock.</summary>
    public static string SupplyLock(IReadOnlyList<SupplyLockRow> rows) => PaddedTable.Render(
        s_lockHeadings,
        rows.Select(row => new[]
        {
            FormattableString.Invariant($"{row.Threads}"),
            FormattableString.Invariant($"{row.HeldFraction:P1}"),
            FormattableString.Invariant($"{row.BlocksPerSecond:N0}"),
        }));

    private static string Time(Quartiles time) => $"{ValueText.Format(time.Median)} ns";
}
