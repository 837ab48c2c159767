using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// Invents runs of all rows of the catalogue on a machine that changes its speed, and judges them as a run does: by a stored baseline,
/// and by pairing if a row looks changed. The same seed gives the same runs.
/// </summary>
internal sealed class SyntheticMachine
{
    private const int Launches = 5, Copies = 2, Samples = 25;

    /// <summary>
    /// Largest noise of a minimum in unchanged code, by kind of row, as a fraction. Times of the kernel change several-fold.
    /// </summary>
    private const double ComputingNoise = 0.03, KernelNoise = 1.4;

    private readonly Random _random;
    private readonly Dictionary<string, MetricResult> _stored;

    public SyntheticMachine(int seed)
    {
        _random = new Random(seed);
        _stored = Catalogue.Rows.ToDictionary(row => row.Key, row => Measure(row, Speed(), 1));
    }

    /// <summary>Returns a run.</summary>
    /// <param name="slower">Keys of the rows that the code makes slower.</param>
    /// <param name="factor">Factor by which it makes them slower.</param>
    public ResultsDocument Run(IReadOnlyCollection<string>? slower = null, double factor = 1)
    {
        var speed = Speed();
        MetricResult[] timed = [.. Catalogue.Rows.Select(row => Judge(row, speed, slower?.Contains(row.Key) == true ? factor : 1))];
        var counted = CountedMetrics.All.SelectMany(metric => metric.Rows).Select(Count);
        return SampleResults.Of([.. timed, .. SpeedUps.All.Select(Ratio), .. counted]);
    }

    private MetricResult Judge(MetricRow row, double speed, double factor)
    {
        var stored = _stored[row.Key];
        var result = Measure(row, speed, factor);
        var better = row.Metric.Unit.Better;
        var comparison = StoredBaselineRule.Compare(better, result.Minima, stored.Minima, DefaultTolerances.Stored);
        var worse = 100 * (better == Direction.Lower ? factor - 1 : 1 - (1 / factor));
        var paired = comparison.IsSuspect || comparison.IsBetter ? Pair(result, worse) : null;
        var verdict = paired is not null && worse > 0 ? Verdict.Regressed : Verdict.Passed;
        return result with
        {
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = $"{verdict}: invented",
                WorsePercent = paired is null ? comparison.WorsePercent : worse,
                LimitPercent = StoredBaselineRule.LimitPercent(DefaultTolerances.Stored),
                Paired = paired,
                BaselineValue = stored.Value,
                BaselineFile = "baselines/some-machine.json",
                StoredValueAtReferenceSpeed = stored.ValueAtReferenceSpeed,
            },
        };
    }

    /// <summary>Returns the result of a pair.</summary>
    public static PairedResult Pair(MetricResult result, double worse) => new()
    {
        Baseline = "abc1234",
        Processes = 2,
        CandidateValue = result.Value,
        MinimaPercent = worse,
        PairsPercent = worse,
        ControlMinimaPercent = 0,
        ControlPairsPercent = 0,
        MinimaNanoseconds = worse,
    };

    private MetricResult Measure(MetricRow row, double speed, double factor)
    {
        // Any time will do; it only has to differ from row to row and stay the same for a row.
        var time = Math.Pow(10, 1 + (row.Key.Length % 4)) * factor;
        var noise = row.Kind.CanBeStored() ? ComputingNoise : KernelNoise;
        LaunchResult[] launches = [.. Enumerable.Range(0, Launches).Select(_ => Launch(time, speed, noise))];
        return SampleResults.Row(Verdict.Passed, launches.Min(launch => launch.MinimumNanoseconds), null, row) with
        {
            Launches = launches,
            Judgement = null,
        };
    }

    private LaunchResult Launch(double time, double speed, double noise)
    {
        var minimum = time * speed * (1 + (noise * _random.NextDouble()));
        double[] Copy(double layout) =>
            [.. Enumerable.Range(0, Samples).Select(_ => minimum * layout * (1 + (0.02 * _random.NextDouble())))];
        return new LaunchResult
        {
            MinimumNanoseconds = minimum,
            MedianNanoseconds = minimum * 1.02,
            CalibrationNanoseconds = 1.1 * speed,
            SampleNanoseconds = [.. Enumerable.Range(0, Copies).Select(copy => Copy(1 + (0.05 * copy)))],
        };
    }

    /// <summary>Returns the factor by which the machine is slower than at its fastest. It has been seen to be up to 1.8.</summary>
    private double Speed() => 1 + (0.8 * _random.NextDouble());

    private MetricResult Ratio(SpeedUp row) => Unlaunched(row, MetricUnit.Ratio, row.AtLeast * (1.5 + _random.NextDouble()), row.AtLeast);

    private static MetricResult Count(CountedRow row) => Unlaunched(row, row.Metric.Unit, row.Bound ?? 40, row.Bound);

    private static MetricResult Unlaunched(ITheoryRow row, MetricUnit unit, double value, double? bound) => new()
    {
        Name = row.Key,
        Value = value,
        Unit = unit.Name,
        Direction = unit.Better,
        Metric = row.MetricId,
        Allocator = row.Allocator,
        Judgement = new JudgementResult { Verdict = Verdict.Passed, Message = "Passed: invented", BaselineValue = bound },
    };
}
