using PerfTests.Metrics;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Result of slowing operations down.</summary>
/// <param name="Operations">Operations that were tried.</param>
/// <param name="RowTrials">Trials of rows that saw no slowdown of these operations.</param>
/// <param name="Measured">Rows that this machine can measure.</param>
/// <param name="Unmeasured">Rows that this machine cannot measure and rows whose benchmark failed, with the reason.</param>
/// <param name="TriedEachRow">True if each measured row was tried; a row that never regressed is then a fault.</param>
internal sealed record CoverageResult(
    IReadOnlyList<OperationCoverage> Operations,
    IReadOnlyList<RowTrial> RowTrials,
    IReadOnlyList<MetricRow> Measured,
    IReadOnlyDictionary<MetricRow, UnmeasuredRow> Unmeasured,
    bool TriedEachRow)
{
    /// <summary>Rows that regressed in a trial.</summary>
    public IReadOnlySet<MetricRow> Regressed => Operations
        .SelectMany(operation => operation.Slowdowns)
        .SelectMany(slowdown => slowdown.Trials)
        .Concat(RowTrials.Select(one => one.Trial))
        .Where(trial => trial.IsSeen)
        .Select(trial => trial.Row)
        .ToHashSet();

    /// <summary>Rows that regressed in no trial, although each row was tried.</summary>
    public IEnumerable<MetricRow> Idle => TriedEachRow ? Measured.Except(Regressed) : [];

    /// <summary>Counts the operations for which at least one row saw the slowdown of this size.</summary>
    /// <param name="size">Rule that set the size.</param>
    /// <param name="maxAttempts">Largest number of pairs that a trial may have needed to be counted.</param>
    public int CountSeen(SlowdownSize size, int maxAttempts = int.MaxValue) =>
        Operations.Count(operation => operation.IsSeen(size, maxAttempts));
}
