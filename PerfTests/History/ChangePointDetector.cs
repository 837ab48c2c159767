using Perfolizer.Mathematics.Cpd;
using PerfTests.Statistics;

namespace PerfTests.History;

/// <summary>
/// Finds the points at which the level of a series changes. ED-PELT proposes the points (Haynes, Fearnhead, Eckley: A computationally
/// efficient nonparametric approach for changepoint detection. Statistics and Computing 27, 2017; Killick, Fearnhead, Eckley: Optimal
/// detection of changepoints with a linear computational cost. JASA 107, 2012). ED-PELT also proposes points in noise, so each point
/// must pass an exact rank-sum test.
/// </summary>
internal static class ChangePointDetector
{
    /// <summary>Fewest values before and after a change point.</summary>
    public const int MinDistance = 5;

    /// <summary>Largest probability of a false alarm in a series without a change.</summary>
    public const double Risk = 0.001;

    /// <summary>Smallest change that is reported, in percent. Smaller ones are real at times, but nobody can act on them.</summary>
    public const double MinPercent = 1;

    /// <summary>Largest number of values on each side that are compared. It bounds the time of the exact test.</summary>
    private const int Window = 40;

    /// <summary>Returns the change points of a series, oldest first.</summary>
    public static IReadOnlyList<DetectedChange> Find(IReadOnlyList<double> values)
    {
        if (values.Count < 2 * MinDistance)
        {
            return [];
        }

        // ED-PELT returns the index of the last value of each segment.
        List<int> starts = [.. EdPeltChangePointDetector.Instance.GetChangePointIndexes([.. values], MinDistance).Select(end => end + 1)];
        while (true)
        {
            DetectedChange[] changes = [.. starts.Select((_, i) => Compare(values, starts, i))];
            var weakest = Array.FindIndex(changes, change => change.Confidence == changes.Min(other => other.Confidence));
            if (weakest < 0 || IsReal(changes[weakest]))
            {
                return [.. changes.Where(change => change.ChangePercent is not { } percent || Math.Abs(percent) >= MinPercent)];
            }

            // Without its weakest point, the segments beside it become one, and their neighbours are compared with more values.
            starts.RemoveAt(weakest);
        }
    }

    private static bool IsReal(DetectedChange change) => change.Confidence >= 1 - Risk;

    private static DetectedChange Compare(IReadOnlyList<double> values, List<int> starts, int i)
    {
        var start = starts[i];
        var from = Math.Max(i == 0 ? 0 : starts[i - 1], start - Window);
        var to = Math.Min(i == starts.Count - 1 ? values.Count : starts[i + 1], start + Window);
        double[] before = [.. values.Skip(from).Take(start - from)], after = [.. values.Skip(start).Take(to - start)];

        // The point was chosen among all positions, so its probability counts once for each of them (Bonferroni).
        var risk = Math.Min(1, values.Count * RankSumTest.PValue(before, after));
        return new DetectedChange(start, Median.Of(before), Median.Of(after), Shift(before, after), 1 - risk);
    }

    /// <summary>Returns the median of the ratios of all pairs as a change in percent (Hodges and Lehmann 1963, for logarithms).</summary>
    private static double? Shift(double[] before, double[] after) => before.Concat(after).Any(value => !(value > 0))
        ? null
        : 100 * (Median.Of(from old in before from young in after select young / old) - 1);
}
