namespace PerfTests.Statistics;

/// <summary>Estimates how far a median of samples is from the true median.</summary>
internal static class MedianError
{
    /// <summary>
    /// Standard error of a median, divided by that of a mean: the square root of pi/2, for many values with a normal distribution
    /// (Kendall and Stuart, The Advanced Theory of Statistics, volume 1).
    /// </summary>
    private static readonly double s_efficiency = Math.Sqrt(Math.PI / 2);

    /// <summary>
    /// Standard deviation of a normal distribution, divided by its median absolute deviation (Rousseeuw and Croux, Alternatives to the
    /// Median Absolute Deviation, 1993).
    /// </summary>
    private const double DeviationRatio = 1.4826;

    /// <summary>
    /// Returns the standard error of the median of these values; 0 if there are fewer than two values, from which no error can be
    /// estimated.
    /// </summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        var median = Median.Of(values);
        var deviation = DeviationRatio * Median.Of(values.Select(value => Math.Abs(value - median)));
        return s_efficiency * deviation / Math.Sqrt(values.Count);
    }

    /// <summary>Returns the standard error of the median of independent estimates that have these standard errors.</summary>
    public static double OfEstimates(IReadOnlyCollection<double> errors) =>
        s_efficiency * Math.Sqrt(errors.Average(error => error * error) / errors.Count);
}
