namespace PerfTests.Statistics;

/// <summary>Quartiles of a set of values.</summary>
/// <param name="Lower">First quartile: a quarter of the values are at most this.</param>
/// <param name="Median">Second quartile: half of the values are at most this.</param>
/// <param name="Upper">Third quartile: three quarters of the values are at most this.</param>
internal sealed record Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>
    /// Computes quartiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). All three are NaN if there is
    /// no value, or if one of them is NaN.
    /// </summary>
    public static Quartiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0 || double.IsNaN(sorted[0]))
        {
            return new Quartiles(double.NaN, double.NaN, double.NaN);
        }

        return new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
