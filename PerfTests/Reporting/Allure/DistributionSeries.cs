using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>Samples of one series of a chart, in the row's unit.</summary>
/// <param name="Label">Name of the series.</param>
/// <param name="Class">CSS class that gives the series its colours.</param>
/// <param name="Values">Samples in ascending order.</param>
/// <param name="Judged">Value that is judged, which comes from the smallest batch median; null if there is none.</param>
/// <param name="Direction">Direction in which the row improves.</param>
internal sealed record DistributionSeries(string Label, string Class, IReadOnlyList<double> Values, double? Judged, Direction Direction)
{
    /// <summary>
    /// Distance of Tukey's outer fence, in interquartile ranges. Samples whose thread was preempted lie beyond the fence.
    /// </summary>
    private const double FenceRanges = 3;

    /// <summary>Samples within the fence, which are drawn.</summary>
    public IReadOnlyList<double> Usual => [.. Values.Where(value => !IsBeyond(value))];

    /// <summary>Number of samples beyond the fence, which are not drawn. All of them are worse than the drawn ones.</summary>
    public int BeyondCount => Values.Count(IsBeyond);

    /// <summary>
    /// Returns one series of the candidate's samples and one of the baseline's samples, leaving out a series without samples. Samples of a
    /// stored baseline are adjusted to the present speed of the machine, as its value is.
    /// </summary>
    public static IReadOnlyList<DistributionSeries> Of(MetricResult row)
    {
        var launches = row.Launches ?? [];
        var better = MetricUnit.ByName[row.Unit].Better;
        var figures = RowFigures.Of(row);
        var isAdjusted = figures.Source == FigureSource.AdjustedBaseline && row.Judgement!.BaselineValue > 0;
        var adjustment = isAdjusted ? figures.Base!.Value / row.Judgement!.BaselineValue!.Value : 1;

        // A rate times its time is the same for all samples, so dividing this product by a sample's time gives the sample's rate.
        var perValue = row.Value * launches.Select(launch => launch.MinimumNanoseconds).DefaultIfEmpty(1).Min();
        double[] Values(IEnumerable<IReadOnlyList<double>> copies, double factor) =>
        [
            .. copies.SelectMany(copy => copy ?? [])
                .Select(nanoseconds => factor * (better == Direction.Lower ? nanoseconds : perValue / nanoseconds))
                .Order(),
        ];

        var candidate = row.Judgement?.CandidateSampleNanoseconds ?? launches.SelectMany(launch => launch.SampleNanoseconds);
        DistributionSeries[] both =
        [
            new("this run", "run", Values(candidate, 1), figures.Candidate, better),
            new("baseline", "base", Values(row.Judgement?.BaselineSampleNanoseconds ?? [], adjustment), figures.Base, better),
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
