using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure operations on blocks of another heap or another member of the arena.</summary>
public sealed class BlockHolderMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void other_heap_free_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void other_heap_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void other_process_free_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void hand_over_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void offer_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void claim_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void reclaim_offered_time(string allocator) => Check([allocator]);
}
