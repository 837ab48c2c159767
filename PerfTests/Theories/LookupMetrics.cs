using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure the translation of a remote address to a local address.</summary>
public sealed class LookupMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void lookup_linear_scan_time(string allocator, int segments) => Check([allocator, segments]);

    [Theory, MetricRows]
    public void lookup_arithmetic_time(string allocator, int segments) => Check([allocator, segments]);
}
