using PerfTests.Metrics;

namespace PerfTests.Verdicts;

/// <summary>The tolerances where the settings file says nothing else.</summary>
public static class DefaultTolerances
{
    /// <summary>
    /// Against a stored baseline. The framework that this suite replaces promised 10 % for each metric.
    /// dotnet/performance's ResultsComparer ignores less than 0.3 ns; the layout noise that we measured is 0.2 ns.
    /// </summary>
    public static Tolerance Stored { get; } = new(10, 0.2);

    /// <summary>
    /// Between versions that are measured interleaved. The percentages are those at which no false alarm was seen
    /// and a slowdown of two points (copies: one) more is always caught. A sum of system calls changes by its
    /// surroundings, by several percent of some 10 us, so it is judged by an absolute change, and so are its parts.
    /// </summary>
    public static Tolerance Paired(MetricKind kind) => kind switch
    {
        MetricKind.Copying => new Tolerance(4, 0),
        MetricKind.SystemCall => new Tolerance(6, 60),
        _ => new Tolerance(3, 0.02),
    };
}
