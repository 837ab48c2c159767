namespace PerfTests.Statistics;

/// <summary>
/// Exact two-sided rank-sum test (Wilcoxon, Biometrics Bulletin 1, 1945; Mann and Whitney 1947). It uses only the order of the values, so
/// its risk of a false alarm is the same for every distribution of independent noise. Equal values share the mean of their ranks.
/// </summary>
internal static class RankSumTest
{
    /// <summary>
    /// Returns the probability that random groups of these sizes differ at least as much as the given groups. Returns 1 if a group is
    /// empty.
    /// </summary>
    public static double PValue(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (small, large) = first.Count <= second.Count ? (first, second) : (second, first);
        if (small.Count == 0)
        {
            return 1;
        }

        var ranks = DoubledRanks([.. small, .. large]);
        var observed = ranks.Take(small.Count).Sum();
        var ways = WaysBySum([.. ranks.Order()], small.Count);
        double below = 0, above = 0, all = 0;
        for (var sum = 0; sum < ways.Length; sum++)
        {
            all += ways[sum];
            below += sum <= observed ? ways[sum] : 0;
            above += sum >= observed ? ways[sum] : 0;
        }

        return Math.Min(1, 2 * Math.Min(below, above) / all);
    }

    /// <summary>Returns twice the rank of each value, which is a whole number even if equal values share a rank.</summary>
    private static int[] DoubledRanks(double[] values) =>
        [.. values.Select(value => (2 * values.Count(other => other < value)) + values.Count(other => other.Equals(value)) + 1)];

    /// <summary>Returns for each sum the number of ways to draw a number of ranks with this sum.</summary>
    private static double[] WaysBySum(int[] ranks, int drawn)
    {
        var largest = ranks.TakeLast(drawn).Sum();
        var ways = Enumerable.Range(0, drawn + 1).Select(_ => new double[largest + 1]).ToArray();
        ways[0][0] = 1;
        for (var i = 0; i < ranks.Length; i++)
        {
            for (var count = Math.Min(i + 1, drawn); count >= 1; count--)
            {
                var (with, without) = (ways[count], ways[count - 1]);
                for (var sum = largest; sum >= ranks[i]; sum--)
                {
                    with[sum] += without[sum - ranks[i]];
                }
            }
        }

        return ways[drawn];
    }
}
