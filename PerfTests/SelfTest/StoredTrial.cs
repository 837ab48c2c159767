using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>
/// Judges a row by a stored value, like a performance run whose repository contains the commit of the baseline. If the row looks
/// worse than the stored value, pairing with that commit gives the verdict.
/// </summary>
internal sealed class StoredTrial(SettingsFile settings, SelfTestVersions versions)
{
    /// <summary>Measures a row and judges it.</summary>
    /// <returns>The verdict, and the change against the stored value in percent; positive is worse.</returns>
    public (Verdict Verdict, double WorsePercent) Run(
        RowMeasurer measurer, MetricRow row, IReadOnlyList<LaunchMinima> stored, BenchmarkWrapper? wrapper)
    {
        var tolerance = settings.StoredTolerance(row);
        var launch = measurer.MeasureFresh(row, LibraryVersion.WorkingTree, 0, wrapper).Minima;
        var comparison = StoredBaselineRule.Compare(row.Metric.Unit.Better, [launch], stored, tolerance);
        var verdict = comparison.IsSuspect
            ? new PairedCheck(measurer, versions.Baseline, versions.Rebuilt)
                .Run(row, StoredBaselineRule.ConfirmingTolerance(tolerance, settings.PairedTolerance(row)), wrapper).Verdict
            : comparison.IsImpossible ? Verdict.Inconclusive
            : Verdict.Passed;
        return (verdict, comparison.WorsePercent);
    }
}
