using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>The smallest and the largest value of a figure's launches, in its unit.</summary>
internal sealed record LaunchRange(double Lower, double Upper)
{
    /// <summary>The range, or null where there are not at least two launches.</summary>
    public static LaunchRange? Of(MetricResult figure)
    {
        if (figure.Launches is not { Count: > 1 } launches)
        {
            return null;
        }

        // The value is that of the smallest floor; a rate falls as the time rises.
        var smallest = launches.Min(launch => launch.MinimumNanoseconds);
        var ratio = launches.Max(launch => launch.MinimumNanoseconds) / smallest;
        return MetricUnit.ByName[figure.Unit].Better == Direction.Lower
            ? new LaunchRange(figure.Value, figure.Value * ratio)
            : new LaunchRange(figure.Value / ratio, figure.Value);
    }
}
