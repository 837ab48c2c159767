namespace PerfTests.Statistics;

/// <summary>The median.</summary>
internal static class Middle
{
    /// <summary>The middle value, or the mean of the two in the middle; there must be at least one.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
