using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>Value of a row at the reference speed, with the range in which launches of the same code fall.</summary>
internal sealed record ValueRange(double Value, double Lower, double Upper)
{
    /// <summary>
    /// Returns the range of the launches, or the assumed noise if there is only one launch. A count has an empty range.
    /// </summary>
    public static ValueRange Of(MetricResult row)
    {
        var value = row.ValueAtReferenceSpeed ?? row.Value;
        var ratio = row.Launches is { Count: > 1 } launches
            ? launches.Max(launch => launch.MinimumNanoseconds) / launches.Min(launch => launch.MinimumNanoseconds)
            : 1 + row.NoiseFraction;

        // The row's value is that of the fastest launch: the lower end of the range for a time, and the upper end for a rate.
        return MetricUnit.Find(row.Unit)?.Better == Direction.Higher
            ? new ValueRange(value, value / ratio, value)
            : new ValueRange(value, value, value * ratio);
    }
}
