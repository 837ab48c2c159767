using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>Samples of one side of a chart, in the figure's unit.</summary>
/// <param name="Label">The side, for people.</param>
/// <param name="Class">The side's style.</param>
/// <param name="Values">The samples, from the smallest up.</param>
/// <param name="Floor">The value that is judged.</param>
/// <param name="Direction">Which way the figure improves.</param>
internal sealed record DistributionSeries(string Label, string Class, IReadOnlyList<double> Values, double? Floor, Direction Direction)
{
    /// <summary>A preempted chunk may take ten times as long; the axis is for what Tukey's outer fence holds.</summary>
    private const double FenceRanges = 3;

    /// <summary>The samples that are drawn.</summary>
    public IReadOnlyList<double> Usual => [.. Values.Where(value => !IsBeyond(value))];

    /// <summary>How many samples are not drawn, all on the worse side.</summary>
    public int BeyondCount => Values.Count(IsBeyond);

    /// <summary>The figure's own samples and the baseline's, as far as there are any.</summary>
    public static IReadOnlyList<DistributionSeries> Of(MetricResult figure)
    {
        var launches = figure.Launches ?? [];
        var better = MetricUnit.ByName[figure.Unit].Better;

        // What a time has to be divided into to be a value: both sides measure the same operation.
        var perValue = figure.Value * launches.Select(launch => launch.MinimumNanoseconds).DefaultIfEmpty(1).Min();
        double[] Values(IEnumerable<IReadOnlyList<double>> copies) =>
            [.. copies.SelectMany(copy => copy ?? []).Select(nanoseconds => better == Direction.Lower ? nanoseconds : perValue / nanoseconds).Order()];

        DistributionSeries[] both =
        [
            new("this run", "run", Values(launches.SelectMany(launch => launch.SampleNanoseconds)), figure.Value, better),
            new("baseline", "base", Values(figure.Judgement?.BaselineSampleNanoseconds ?? []), figure.Judgement?.BaselineValue, better),
        ];
        return [.. both.Where(series => series.Values.Count > 0)];
    }

    private bool IsBeyond(double value)
    {
        var (lower, upper) = (Values[Values.Count / 4], Values[Values.Count * 3 / 4]);
        return Direction == Direction.Lower ? value > upper + (FenceRanges * (upper - lower)) : value < lower - (FenceRanges * (upper - lower));
    }
}
