using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Judges one row of a metric against the version that <c>PERF_BASE</c> names.</summary>
internal sealed class PairedRowCheck(RunContext context, RowMeasurer measurer, LibraryVersion baseVersion, MetricRow row)
{
    /// <summary>Measures, judges and returns the candidate's figure with its judgement.</summary>
    public MetricResult Run()
    {
        var tolerance = context.Settings.PairedTolerance(row);
        var workload = row.ReadsTrace ? context.Workload : null;
        try
        {
            var paired = new PairedCheck(measurer, baseVersion, context.Candidate).Run(row, tolerance);
            return RowFigure.Compose(row, paired.Candidate, tolerance, workload, PairedJudgement.Of(row, paired, tolerance));
        }
        catch (MissingApiException missing) when (missing.Side != MeasurementPlan.CandidateSide)
        {
            // Nothing to compare with is not nothing to say: the figure is new.
            var launch = measurer.MeasureFresh(row, context.Candidate, 0);
            return RowFigure.Compose(
                row, [launch], tolerance, workload, PairedJudgement.New(row, row.ValueOf(launch.Minima.RowNanoseconds), baseVersion.Label, missing));
        }
    }
}
