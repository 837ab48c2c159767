namespace PerfTests.Statistics;

/// <summary>Computes medians.</summary>
internal static class Median
{
    /// <summary>Returns the middle value, or the mean of the two middle values; there must be at least one value.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
