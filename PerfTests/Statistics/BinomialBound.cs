namespace PerfTests.Statistics;

/// <summary>
/// Computes exact one-sided confidence bounds of a rate (Clopper and Pearson, Biometrika 26, 1934). With no event in n trials the
/// upper bound is about 3/n.
/// </summary>
internal static class BinomialBound
{
    private const double Risk = 0.05;
    private const int Bisections = 60;

    /// <summary>Returns the upper bound of the rate: the rate is below it with 95 % confidence.</summary>
    public static double Upper(int events, int trials) => events >= trials
        ? 1
        : Solve(rate => AtMost(events, trials, rate) < Risk);

    /// <summary>Returns the lower bound of the rate: the rate is above it with 95 % confidence.</summary>
    public static double Lower(int events, int trials) => events <= 0
        ? 0
        : Solve(rate => 1 - AtMost(events - 1, trials, rate) > Risk);

    /// <summary>Returns the smallest rate for which a condition holds. The condition must hold for all larger rates too.</summary>
    private static double Solve(Func<double, bool> holds)
    {
        double low = 0, high = 1;
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    /// <summary>Returns the probability of at most this number of events in a number of trials.</summary>
    private static double AtMost(int events, int trials, double rate)
    {
        double sum = 0, logChoose = 0;
        for (var k = 0; k <= events; k++)
        {
            if (k > 0)
            {
                logChoose += Math.Log((double)(trials - k + 1) / k);
            }

            sum += Math.Exp(logChoose + (k * Math.Log(rate)) + ((trials - k) * Math.Log(1 - rate)));
        }

        return Math.Min(1, sum);
    }
}
