using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Versions;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

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
            return RowFigure.Compose(row, paired.Candidate, tolerance, workload, Judge(paired, tolerance));
        }
        catch (MissingApiException missing) when (missing.Side != MeasurementPlan.OnlySide)
        {
            // Nothing to compare with is not nothing to say: the figure is new.
            Launch[] launches = [measurer.MeasureFresh(row, context.Candidate, 0)];
            return RowFigure.Compose(row, launches, tolerance, workload, New(launches, missing));
        }
    }

    private JudgementResult Judge(PairedOutcome paired, Tolerance tolerance)
    {
        var baseValue = row.ValueOf(paired.Base.Min(launch => launch.FloorNanoseconds));
        var value = row.ValueOf(paired.Candidate.Min(launch => launch.FloorNanoseconds));
        var figures = $"{row.Label} {Figures.Format(baseValue, row.Metric.Unit)} -> {Figures.Format(value, row.Metric.Unit)}";
        var limit = tolerance.AbsoluteNanoseconds > 0
            ? FormattableString.Invariant($"tolerance {tolerance.Percent:0.##} % and {tolerance.AbsoluteNanoseconds:0.##} ns")
            : FormattableString.Invariant($"tolerance {tolerance.Percent:0.##} %");
        var lead = paired.Verdict switch
        {
            Verdict.Regressed => "Regression",
            Verdict.Inconclusive => $"Inconclusive: this machine cannot tell now, for it finds {paired.SameText}",
            var other => other.ToString(),
        };
        return new JudgementResult
        {
            Verdict = paired.Verdict,
            Message = $"{lead}: {figures}, {paired.Text}, {limit}",
            WorsePercent = paired.WorsePercent(row.Metric.Unit),
            BaselineValue = baseValue,
            BaselineSampleNanoseconds = [.. paired.Base.SelectMany(launch => launch.SampleNanoseconds)],
            BaselineCommit = paired.Figures.Base,
            Paired = paired.Figures,
        };
    }

    private JudgementResult New(Launch[] launches, MissingApiException missing) => new()
    {
        Verdict = Verdict.NotComparable,
        Message = $"New: {row.Label} is {Figures.Format(row.ValueOf(launches.Min(launch => launch.FloorNanoseconds)), row.Metric.Unit)}; "
            + $"{baseVersion.Label} has nothing to compare it with ({missing.InnerException?.Message ?? missing.Message})",
    };
}
