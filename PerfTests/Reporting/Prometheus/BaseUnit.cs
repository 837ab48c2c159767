namespace PerfTests.Reporting.Prometheus;

/// <summary>
/// Unit that Prometheus recommends: seconds and bytes, and ratios instead of percentages. Counts keep the name of what is counted.
/// </summary>
/// <param name="Name">Last part of a family's name.</param>
/// <param name="Factor">Factor that converts a value to this unit.</param>
internal sealed record BaseUnit(string Name, double Factor)
{
    private const double SecondsPerNanosecond = 1e-9, BytesPerGigabyte = 1e9;

    /// <summary>Returns the base unit for a unit of the results file.</summary>
    public static BaseUnit Of(string unit)
    {
        if (unit == MetricUnit.Nanoseconds.Name)
        {
            return new("seconds", SecondsPerNanosecond);
        }

        return unit == MetricUnit.GigabytesPerSecond.Name
            ? new("bytes_per_second", BytesPerGigabyte)
            : new(MetricUnit.Find(unit)?.OpenMetricsName ?? SafeText.Name(unit, "_"), 1);
    }
}
