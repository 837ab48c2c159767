using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure allocating and freeing.</summary>
public sealed class AllocationMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void allocation_total_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void allocation_throughput(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void allocation_failure_time(string allocator) => Check([allocator]);
}
