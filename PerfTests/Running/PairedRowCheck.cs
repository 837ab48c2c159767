using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Judges one row of a metric against the version that <c>PERF_BASE</c> names.</summary>
internal sealed class PairedRowCheck(RunContext context, RowMeasurer measurer, LibraryVersion baseline, MetricRow row)
{
    /// <summary>Measures the row side by side with the baseline and returns the judged result.</summary>
    public MetricResult Run()
    {
        var tolerance = context.Settings.PairedTolerance(row);
        var workload = row.ReadsTrace ? context.Workload : null;
        try
        {
            var paired = new PairedCheck(measurer, baseline, context.Candidate).Run(row, tolerance);
            var judgement = PairedJudgement.Of(row, paired, tolerance) with
            {
                StoredValueAtReferenceSpeed = context.Baselines.Find(row, workload, out _)?.ValueAtReferenceSpeed,
            };
            return RowResult.Compose(row, paired.Candidate, tolerance, workload, judgement);
        }
        catch (UnusableLibrariesException unusable) when (unusable.IsOfBaseline)
        {
            // The candidate can still be measured, so its value is reported as new.
            var launch = measurer.MeasureFresh(row, context.Candidate, 0);
            var value = row.ValueOf(launch.Minima.RowNanoseconds);
            var judgement = PairedJudgement.Unusable(row, value, baseline.Label, unusable.Reason);
            return RowResult.Compose(row, [launch], tolerance, workload, judgement);
        }
    }
}
