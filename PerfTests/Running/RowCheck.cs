using PerfTests.Baselines;
using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Measures and judges one row of a metric.</summary>
internal sealed class RowCheck(RunContext context, RowMeasurer measurer, MetricRow row)
{
    /// <summary>A baseline is several launches: one process draws one set of layouts, and the next draws another.</summary>
    private const int LaunchesOfABaseline = 5;

    private readonly List<Launch> _launches = [];

    /// <summary>Measures, judges and returns the figure with its judgement.</summary>
    public MetricResult Run()
    {
        _launches.Add(RowMeasurer.MeasureHere(row));
        var baseline = context.Baselines.Find(row, Workload, out var whyNot);
        if (baseline is null)
        {
            MeasureForABaseline();
            return Result(NotComparable(whyNot));
        }

        var judgement = Judge(baseline);
        if (context.IsUpdatingBaseline)
        {
            MeasureForABaseline();
        }

        return Result(judgement);
    }

    private string? Workload => row.ReadsTrace ? context.Workload : null;

    private Direction Direction => row.Metric.Unit.Better;

    private Tolerance Tolerance => context.Settings.ToleranceOf(row.Metric.Id);

    private JudgementResult Judge(BaselineEntry baseline)
    {
        var comparison = Compare(baseline.Figure);
        var processes = 0;

        // A layout that was drawn badly, or a bad moment, is not there in the next process; a regression is.
        while (comparison.IsSuspect && row.Kind != MetricKind.SystemCall && processes < StoredBaselineRule.ConfirmingProcesses)
        {
            _launches.Add(measurer.MeasureFresh(row, processes));
            processes++;
            comparison = Compare(baseline.Figure);
        }

        var verdict = (comparison.IsSuspect, row.Kind) switch
        {
            (true, MetricKind.SystemCall) => Verdict.Inconclusive,
            (true, _) => Verdict.Regressed,
            _ => comparison.IsBetter ? Verdict.Improved : Verdict.Passed,
        };
        return new JudgementResult
        {
            Verdict = verdict,
            Message = JudgementText.Compose(row, verdict, Value, baseline, comparison, Tolerance, processes),
            WorsePercent = comparison.WorsePercent,
            BaselineValue = baseline.Figure.Value,
            BaselineFile = baseline.FileName,
            BaselineCommit = baseline.Document.Metadata.GitCommit,
        };
    }

    private StoredComparison Compare(MetricResult baseline) => baseline.Launches is { Count: > 0 } launches
        ? StoredBaselineRule.Compare(
            Direction,
            [.. _launches.Select(launch => new LaunchFigures(launch.FloorNanoseconds, launch.ReferenceNanoseconds))],
            [.. launches.Select(launch => new LaunchFigures(launch.FloorNanoseconds, launch.ReferenceNanoseconds))],
            Tolerance)
        : StoredBaselineRule.Compare(Direction, Value, baseline.Value, Tolerance);

    private double Value => row.ValueOf(_launches.Min(launch => launch.FloorNanoseconds));

    private void MeasureForABaseline()
    {
        for (var process = 0; _launches.Count < LaunchesOfABaseline; process++)
        {
            _launches.Add(measurer.MeasureFresh(row, process));
        }
    }

    private JudgementResult NotComparable(string whyNot) => new()
    {
        Verdict = Verdict.NotComparable,
        Message = JudgementText.NotComparable(row, Value, whyNot),
    };

    private MetricResult Result(JudgementResult judgement) => new()
    {
        Name = row.Key,
        Value = Value,
        Unit = row.Metric.Unit.Name,
        Direction = Direction,
        TolerancePercent = Tolerance.Percent,
        Metric = row.Metric.Id,
        Title = row.Metric.Title,
        Group = row.Metric.Group,
        Allocator = row.Allocator,
        Parameters = row.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        Workload = Workload,
        Launches = [.. _launches.Select(ToResult)],
        Judgement = judgement,
    };

    private static LaunchResult ToResult(Launch launch) => new()
    {
        FloorNanoseconds = launch.FloorNanoseconds,
        MedianNanoseconds = launch.MedianNanoseconds,
        ReferenceNanoseconds = launch.ReferenceNanoseconds,
        ManagedBytesPerOperation = launch.ManagedBytesPerOperation,
        SampleNanoseconds = launch.SampleNanoseconds,
    };
}
