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

    /// <summary>Returns the number of operations whose slowdown of a size a row saw.</summary>
    /// <param name="size">Rule that set the size.</param>
    /// <param name="maxAttempts">Number of pairs that were needed at most.</param>
    public int CountSeen(SlowdownSize size, int maxAttempts = int.MaxValue) => Operations.Count(operation => operation.Slowdowns
        .Where(slowdown => slowdown.Size == size)
        .SelectMany(slowdown => slowdown.Trials)
        .Any(trial => trial.IsSeen && trial.Attempts <= maxAttempts));
}
