using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Statistics;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Measures two rows side by side and checks that one is faster than the other by a required factor.</summary>
internal sealed class SpeedUpCheck(RowMeasurer measurer, LibraryVersion version, SpeedUp speedUp)
{
    private readonly List<(Launch Slow, Launch Fast)> _launches = [];

    /// <summary>Measures both rows and returns the judged ratio of their times.</summary>
    /// <exception cref="CannotMeasureHereException">
    /// This machine has too few resources, other programs use the processors that a row needs, or no code could reach the bound here.
    /// </exception>
    public MetricResult Run()
    {
        speedUp.Prepare?.Invoke();
        _launches.Add(measurer.Log.Step(
            "Launch 1: both rows side by side, in the test process", () => measurer.MeasureHere(speedUp.Slow, speedUp.Fast, version)));
        var processes = 0;
        string? shortage = null;

        // All processes run even if an early one passes; stopping at the first pass would bias the result towards passing.
        var isInDoubt = Verdict == Verdict.Regressed;
        List<string?> controls = isInDoubt ? [speedUp.WhyOutOfReach?.Invoke()] : [];
        while (isInDoubt && processes < StoredBaselineRule.ConfirmingProcesses)
        {
            _launches.Add(measurer.Log.Step(
                FormattableString.Invariant($"Launch {_launches.Count + 1}: both rows side by side, in a fresh process"),
                () => measurer.MeasureFresh(speedUp.Slow, speedUp.Fast, version, processes)));
            processes++;

            // If the machine lacks what a side needs, the ratio says nothing about the code.
            shortage ??= speedUp.Needs.Cores > 1 ? ProcessorLoad.WhyNotFree(speedUp.Needs.Cores) : null;
            controls.Add(speedUp.WhyOutOfReach?.Invoke());
        }

        shortage ??= WhyNotJudged(controls);
        var verdict = Verdict;
        if (shortage is not null && verdict == Verdict.Regressed)
        {
            throw new CannotMeasureHereException(shortage);
        }

        return new MetricResult
        {
            Name = speedUp.Key,
            Value = Ratio,
            Unit = MetricUnit.Ratio.Name,
            Direction = Direction.Higher,
            Metric = speedUp.MetricId,
            Title = speedUp.Title,
            Group = speedUp.Group,
            Allocator = speedUp.Allocator,
            Headline = speedUp.Headline,
            SideBySide = new SideBySide(
                RowOf(speedUp.Slow, launch => launch.Slow.Minima.RowNanoseconds),
                RowOf(speedUp.Fast, launch => launch.Fast.Minima.RowNanoseconds)),
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = Message(verdict, processes),
                BaselineValue = speedUp.AtLeast,
            },
        };
    }

    /// <summary>
    /// Returns the reason why a missed bound does not count; null if it counts. It counts only if the bound was in reach before and after
    /// every fresh process: a virtual machine may gain and lose a processor within seconds. A regression of the code is found as soon as
    /// the machine keeps its processors for that long.
    /// </summary>
    /// <param name="controls">Results of <see cref="SpeedUp.WhyOutOfReach"/>, oldest first.</param>
    internal static string? WhyNotJudged(IReadOnlyList<string?> controls) => controls.FirstOrDefault(reason => reason is not null);

    private SideBySideRow RowOf(MetricRow row, Func<(Launch Slow, Launch Fast), double> time) =>
        new(row.Key, row.ValueOf(_launches.Min(time)), row.Metric.Unit.Name);

    private double Ratio =>
        _launches.Min(launch => launch.Slow.Minima.RowNanoseconds) / _launches.Min(launch => launch.Fast.Minima.RowNanoseconds);

    private Verdict Verdict => BoundRule.JudgeRatio(Ratio, SampleRatios, speedUp.AtLeast, speedUp.AllowsNoise);

    private string Message(Verdict verdict, int processes)
    {
        var limit = ValueText.FormatLimit(speedUp.AtLeast, MetricUnit.Ratio);
        var allowance = speedUp.AllowsNoise ? " within its noise" : string.Empty;
        var values = $"{speedUp.Label} {ValueText.Format(Ratio, MetricUnit.Ratio)}, must be at least {limit}{allowance}: "
            + $"{speedUp.Slow.Label} {Time(launch => launch.Slow)}, {speedUp.Fast.Label} {Time(launch => launch.Fast)}, "
            + $"side by side in this run (ratios of samples: {Text(SampleRatios)})";
        return verdict == Verdict.Regressed
            ? $"Regressed: {values}; confirmed in {CountText.Of(processes, "fresh process")}"
            : $"{verdict}: {values}";
    }

    /// <summary>Quartiles of ratios. Each ratio divides two samples of the same round and layout copy.</summary>
    private Quartiles SampleRatios => Quartiles.Of(_launches
        .SelectMany(launch => launch.Slow.SampleNanoseconds.Zip(launch.Fast.SampleNanoseconds))
        .SelectMany(copy => copy.First.Zip(copy.Second, (slow, fast) => slow / fast)));

    private static string Text(Quartiles ratios) =>
        $"median {ValueText.Format(ratios.Median)}, quartiles {ValueText.Format(ratios.Lower)} to {ValueText.Format(ratios.Upper)}";

    private string Time(Func<(Launch Slow, Launch Fast), Launch> side) =>
        ValueText.Format(_launches.Min(launch => side(launch).Minima.RowNanoseconds), MetricUnit.Nanoseconds);
}
