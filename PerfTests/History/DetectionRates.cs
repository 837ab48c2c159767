using PerfTests.Statistics;

namespace PerfTests.History;

/// <summary>Results of the detector for many series of one situation.</summary>
/// <param name="Situation">The situation.</param>
/// <param name="SeriesCount">Number of series.</param>
/// <param name="Found">Number of series with a change point.</param>
/// <param name="Near">Number of series with a change point at most <see cref="Nearness"/> runs from the step; null without a step.</param>
/// <param name="MedianPercent">Median of the sizes of the largest change point of each series; null if there is none.</param>
internal sealed record DetectionRates(SyntheticSeries Situation, int SeriesCount, int Found, int? Near, double? MedianPercent)
{
    /// <summary>Largest distance from a step, in runs, at which a change point counts as the step.</summary>
    public const int Nearness = 5;

    /// <summary>Fraction of the series with a change point.</summary>
    public double Rate => (double)Found / SeriesCount;

    /// <summary>Upper bound of the rate, with 95 % confidence.</summary>
    public double UpperBound => BinomialBound.Upper(Found, SeriesCount);

    /// <summary>Applies the detector to series of a situation. The same seed gives the same series.</summary>
    public static DetectionRates Measure(SyntheticSeries situation, int seriesCount, int seed)
    {
        var random = new Random(seed);
        int found = 0, near = 0, steps = 0;
        var sizes = new List<double>();
        for (var i = 0; i < seriesCount; i++)
        {
            var (values, step) = situation.Create(random);
            var changes = ChangePointDetector.Find(values);
            found += changes.Count > 0 ? 1 : 0;
            steps += step is null ? 0 : 1;
            near += step is { } at && changes.Any(change => Math.Abs(change.Index - at) <= Nearness) ? 1 : 0;
            if (changes.MaxBy(change => Math.Abs(change.ChangePercent ?? 0)) is { ChangePercent: { } percent })
            {
                sizes.Add(percent);
            }
        }

        return new DetectionRates(
            situation, seriesCount, found, steps > 0 ? near : null, sizes.Count > 0 ? Median.Of(sizes) : null);
    }

    /// <summary>Returns a table in Markdown.</summary>
    public static IEnumerable<string> Table(IEnumerable<DetectionRates> rates) =>
    [
        "| situation | series | with a change point | within 5 runs of the step | median size |",
        "|---|--:|--:|--:|--:|",
        .. rates.Select(row =>
            FormattableString.Invariant($"| {row.Situation.Name} | {row.SeriesCount} | {row.Found} ({row.Rate:0.00 %}) | ")
            + (row.Near is { } near ? FormattableString.Invariant($"{(double)near / row.SeriesCount:0.0 %}") : "-")
            + (row.MedianPercent is { } size ? FormattableString.Invariant($" | {size:+0.0;-0.0} % |") : " | - |")),
    ];
}
