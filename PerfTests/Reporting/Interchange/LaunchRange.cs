using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>Range of the values of a row's launches, in the row's unit.</summary>
internal sealed record LaunchRange(double Lower, double Upper)
{
    /// <summary>Returns the range; null for a row with fewer than two launches.</summary>
    public static LaunchRange? Of(MetricResult row)
    {
        if (row.Launches is not { Count: > 1 } launches)
        {
            return null;
        }

        // The row's value is that of the fastest launch: the lower end of the range for a time, and the upper end for a rate.
        var smallest = launches.Min(launch => launch.MinimumNanoseconds);
        var ratio = launches.Max(launch => launch.MinimumNanoseconds) / smallest;
        return MetricUnit.ByName[row.Unit].Better == Direction.Lower
            ? new LaunchRange(row.Value, row.Value * ratio)
            : new LaunchRange(row.Value / ratio, row.Value);
    }
}
