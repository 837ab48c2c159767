namespace PerfTests.Statistics;

/// <summary>Estimates the standard errors of medians from the spread of the samples.</summary>
internal static class MedianError
{
    /// <summary>
    /// Standard deviation of a normal distribution, divided by its median absolute deviation (Rousseeuw and Croux, Alternatives to the
    /// Median Absolute Deviation, 1993).
    /// </summary>
    private const double DeviationRatio = 1.4826;

    /// <summary>
    /// Factors that correct the median absolute deviation of two to nine samples, which is too small on average. For n samples, n above 9,
    /// the factor is n / (n - 0.8) (Croux and Rousseeuw, Time-Efficient Algorithms for Two Highly Robust Estimators of Scale, 1992).
    /// </summary>
    private static readonly double[] s_factors = [1.196, 1.495, 1.363, 1.206, 1.200, 1.140, 1.129, 1.107];

    /// <summary>
    /// Standard error of a median, divided by that of a mean, for many values with a normal distribution (Kendall and Stuart, The Advanced
    /// Theory of Statistics, volume 1).
    /// </summary>
    private static readonly double s_medianToMean = Math.Sqrt(Math.PI / 2);

    /// <summary>
    /// Returns the standard error of the median of these values; 0 if there are fewer than two values, from which no error can be
    /// estimated.
    /// </summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        var count = values.Count;
        if (count < 2)
        {
            return 0;
        }

        var median = Median.Of(values);
        var factor = count - 2 < s_factors.Length ? s_factors[count - 2] : count / (count - 0.8);
        var deviation = factor * DeviationRatio * Median.Of(values.Select(value => Math.Abs(value - median)));
        return s_medianToMean * deviation / Math.Sqrt(count);
    }

    /// <summary>
    /// Returns the standard error of the median of independent estimates. A few estimates with a large error hardly change their median,
    /// so they hardly change its error either.
    /// </summary>
    /// <param name="errors">Standard errors of the estimates.</param>
    public static double OfEstimates(IReadOnlyCollection<double> errors) => s_medianToMean * Median.Of(errors) / Math.Sqrt(errors.Count);
}
