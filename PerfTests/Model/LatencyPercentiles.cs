namespace PerfTests.Model;

/// <summary>Distribution of the durations of single operations, in nanoseconds. Each duration includes reading a clock.</summary>
/// <param name="P50Nanoseconds">Median.</param>
/// <param name="P99Nanoseconds">99th percentile, by which the row is judged.</param>
/// <param name="P999Nanoseconds">99.9th percentile.</param>
/// <param name="MaximumNanoseconds">Longest duration.</param>
public sealed record LatencyPercentiles(double P50Nanoseconds, double P99Nanoseconds, double P999Nanoseconds, double MaximumNanoseconds)
{
    /// <summary>
    /// Name of the property of a benchmark class that has the percentiles of its latest sample, in the order of this record.
    /// </summary>
    public const string PropertyName = "SamplePercentiles";

    /// <summary>Converts the values of the property <see cref="PropertyName"/>.</summary>
    public static LatencyPercentiles Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values[0], values[1], values[2], values[3]);
    }
}
