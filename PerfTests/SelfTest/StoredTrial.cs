using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>
/// Rows against stored figures, as a run judges them where git has the baseline's commit: the stored figure can
/// raise a suspicion, and pairing with what it was measured with settles it.
/// </summary>
internal sealed class StoredTrial(SettingsFile settings, SelfTestVersions versions)
{
    /// <summary>Measures and judges.</summary>
    /// <returns>The verdict, and how much worse than stored the row was at first sight.</returns>
    public (Verdict Verdict, double WorsePercent) Run(
        RowMeasurer measurer, MetricRow row, IReadOnlyList<LaunchMinima> stored, BenchmarkWrapper? wrapper)
    {
        var tolerance = settings.StoredTolerance(row);
        var launch = measurer.MeasureFresh(row, LibraryVersion.WorkingTree, 0, wrapper).Minima;
        var comparison = StoredBaselineRule.Compare(row.Metric.Unit.Better, [launch], stored, tolerance);
        var verdict = comparison.IsSuspect
            ? new PairedCheck(measurer, versions.Baseline, versions.Rebuilt)
                .Run(row, StoredBaselineRule.ConfirmingTolerance(tolerance, settings.PairedTolerance(row)), wrapper).Verdict
            : Verdict.Passed;
        return (verdict, comparison.WorsePercent);
    }
}
