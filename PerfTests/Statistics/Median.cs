namespace PerfTests.Statistics;

/// <summary>Computes medians.</summary>
internal static class Median
{
    /// <summary>
    /// Returns the middle value, or the mean of the two middle values. Returns NaN if there is no value, or if one of them is NaN.
    /// </summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0 || double.IsNaN(sorted[0]))
        {
            return double.NaN;
        }

        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
