using PerfTests.Metrics;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Result of slowing operations down.</summary>
/// <param name="Operations">Operations that were tried.</param>
/// <param name="Measured">Rows that this machine can measure.</param>
/// <param name="Unmeasured">Rows that this machine cannot measure and rows whose benchmark failed, with the reason.</param>
/// <param name="Regressed">Rows that regressed in a trial.</param>
/// <param name="TriedEachRow">True if each measured row was tried, and must have regressed once.</param>
internal sealed record CoverageResult(
    IReadOnlyList<OperationCoverage> Operations,
    IReadOnlyList<MetricRow> Measured,
    IReadOnlyDictionary<MetricRow, UnmeasuredRow> Unmeasured,
    IReadOnlySet<MetricRow> Regressed,
    bool TriedEachRow)
{
    /// <summary>Rows that regressed in no trial, although each row was tried.</summary>
    public IEnumerable<MetricRow> Idle => TriedEachRow ? Measured.Where(row => !Regressed.Contains(row)) : [];

    /// <summary>Returns the number of operations whose slowdown of a size a row saw.</summary>
    public int CountSeen(SlowdownSize size) => Operations.Count(operation => operation.IsSeen(size));
}
