using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Versions;
using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>
/// One row against stored figures, as where there is no commit to pair with: a suspicion is measured again in fresh
/// processes. Where there is one, pairing settles the suspicion, which errs less.
/// </summary>
internal static class StoredTrial
{
    /// <summary>Measures and judges.</summary>
    public static (Verdict Verdict, double WorsePercent) Run(
        RowMeasurer measurer, MetricRow row, IReadOnlyList<LaunchFigures> stored, Tolerance tolerance, SubjectVariant? variant = null)
    {
        List<LaunchFigures> launches = [];
        StoredComparison comparison;
        do
        {
            launches.Add(StoredFigures.Figures(measurer.MeasureFresh(row, LibraryVersion.Own, launches.Count, variant)));
            comparison = StoredBaselineRule.Compare(row.Metric.Unit.Better, launches, stored, tolerance);
        }
        while (comparison.IsSuspect && launches.Count <= StoredBaselineRule.ConfirmingProcesses);
        return (StoredBaselineRule.AfterConfirming(comparison, row.Kind), comparison.WorsePercent);
    }
}
