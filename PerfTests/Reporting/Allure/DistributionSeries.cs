using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>Samples of one series of a chart, in the row's unit.</summary>
/// <param name="Label">Name of the series.</param>
/// <param name="Class">Style of the series.</param>
/// <param name="Values">Samples in ascending order.</param>
/// <param name="Judged">Value that is judged: that of the smallest batch median; null if there is none.</param>
/// <param name="Direction">Direction in which the row improves.</param>
internal sealed record DistributionSeries(string Label, string Class, IReadOnlyList<double> Values, double? Judged, Direction Direction)
{
    /// <summary>Distance of Tukey's outer fence, in interquartile ranges; samples that were preempted lie beyond it.</summary>
    private const double FenceRanges = 3;

    /// <summary>Samples that are drawn.</summary>
    public IReadOnlyList<double> Usual => [.. Values.Where(value => !IsBeyond(value))];

    /// <summary>Number of samples that are not drawn; all are worse than the others.</summary>
    public int BeyondCount => Values.Count(IsBeyond);

    /// <summary>Returns the row's samples and the baseline's, if there are any.</summary>
    public static IReadOnlyList<DistributionSeries> Of(MetricResult row)
    {
        var launches = row.Launches ?? [];
        var better = MetricUnit.ByName[row.Unit].Better;

        // Product of a value and its time, which is the same for both series: dividing it by a time gives the value.
        var perValue = row.Value * launches.Select(launch => launch.MinimumNanoseconds).DefaultIfEmpty(1).Min();
        double[] Values(IEnumerable<IReadOnlyList<double>> copies) =>
        [
            .. copies.SelectMany(copy => copy ?? [])
                .Select(nanoseconds => better == Direction.Lower ? nanoseconds : perValue / nanoseconds)
                .Order(),
        ];

        DistributionSeries[] both =
        [
            new("this run", "run", Values(launches.SelectMany(launch => launch.SampleNanoseconds)), row.Value, better),
            new("baseline", "base", Values(row.Judgement?.BaselineSampleNanoseconds ?? []), row.Judgement?.BaselineValue, better),
        ];
        return [.. both.Where(series => series.Values.Count > 0)];
    }

    private bool IsBeyond(double value)
    {
        var (lower, upper) = (Values[Values.Count / 4], Values[Values.Count * 3 / 4]);
        var distance = FenceRanges * (upper - lower);
        return Direction == Direction.Lower ? value > upper + distance : value < lower - distance;
    }
}
