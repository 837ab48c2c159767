using PerfTests.Metrics;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Result of slowing operations down.</summary>
/// <param name="Operations">Operations that were tried.</param>
/// <param name="Measured">Rows that this machine can measure.</param>
/// <param name="Unmeasured">Rows that this machine cannot measure and rows whose benchmark failed, with the reason.</param>
/// <param name="Regressed">Rows that regressed in a trial.</param>
/// <param name="IsWhole">True if all operations were tried with all rows. Each measured row must then have regressed once.</param>
internal sealed record CoverageResult(
    IReadOnlyList<OperationCoverage> Operations,
    IReadOnlyList<MetricRow> Measured,
    IReadOnlyDictionary<MetricRow, UnmeasuredRow> Unmeasured,
    IReadOnlySet<MetricRow> Regressed,
    bool IsWhole)
{
    /// <summary>Rows that regressed in no trial, although all operations were tried.</summary>
    public IEnumerable<MetricRow> Idle => IsWhole ? Measured.Where(row => !Regressed.Contains(row)) : [];

    /// <summary>Returns the number of operations whose slowdown of a size a row saw.</summary>
    public int CountSeen(SlowdownSize size) => Operations.Count(operation => operation.IsSeen(size));
}
