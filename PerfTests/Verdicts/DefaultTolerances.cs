using PerfTests.Metrics;

namespace PerfTests.Verdicts;

/// <summary>The tolerances where the settings file says nothing else.</summary>
public static class DefaultTolerances
{
    /// <summary>
    /// Against a stored baseline. The framework that this suite replaces promised 10 % for each metric. One draw of
    /// the layout moves a method by 0.2 ns, but what is compared are floors over the copies of several processes:
    /// of a lookup of 1.1 ns they came out within 0.01 ns of each other, and a tenth of it must be seen.
    /// </summary>
    public static Tolerance Stored { get; } = new(10, 0.05);

    /// <summary>
    /// Between versions that are measured interleaved. The percentages are those at which no false alarm was seen
    /// and a slowdown of two points (copies: one) more is always caught. A sum of system calls changes by its
    /// surroundings, by several percent of some 10 us, so it is judged by an absolute change, and so are its parts.
    /// What two threads do at once moved by 7 % without any change beside other work; a quarter is what can be promised.
    /// </summary>
    public static Tolerance Paired(MetricKind kind) => kind switch
    {
        MetricKind.Copying => new Tolerance(4, 0),
        MetricKind.SystemCall => new Tolerance(6, 60),
        MetricKind.Concurrent => new Tolerance(25, 0),
        _ => new Tolerance(3, 0.02),
    };
}
