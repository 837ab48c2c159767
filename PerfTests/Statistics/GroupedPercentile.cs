namespace PerfTests.Statistics;

/// <summary>
/// Percentile of values that a clock has rounded. A clock may advance by 10 ns or more at once, so that a percentile of the rounded
/// values jumps from one step of the clock to the next though the durations hardly change. Interpolation within a step
/// (M. G. Kendall, A. Stuart, "The Advanced Theory of Statistics", volume 1, grouped data) gives a value that changes as little as the
/// durations do.
/// </summary>
internal static class GroupedPercentile
{
    private const double Whole = 100;

    /// <summary>Returns a percentile; NaN if there are no values.</summary>
    /// <param name="groups">The different values in ascending order, each with the number of times that it occurred.</param>
    /// <param name="percentile">Percentile, from 0 to 100; 100 gives the largest value.</param>
    public static double Of(IReadOnlyList<(double Value, long Count)> groups, double percentile)
    {
        var step = groups.Count < 2 ? 0 : groups.Zip(groups.Skip(1), (one, next) => next.Value - one.Value).Min();
        var rank = groups.Sum(group => group.Count) * percentile / Whole;
        long below = 0;
        for (var i = 0; i < groups.Count; i++)
        {
            var (value, count) = groups[i];
            if (below + count >= rank)
            {
                return value - ((value - Start(groups, i, step)) * (below + count - rank) / count);
            }

            below += count;
        }

        return double.NaN;
    }

    /// <summary>Returns the start of a group: one step before its value, but not before the group below it.</summary>
    private static double Start(IReadOnlyList<(double Value, long Count)> groups, int index, double step) =>
        Math.Max(index > 0 ? groups[index - 1].Value : 0, groups[index].Value - step);
}
