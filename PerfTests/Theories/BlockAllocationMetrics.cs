using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure allocating and freeing blocks of an arena.</summary>
public sealed class BlockAllocationMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void heap_cycle_time(string allocator, int bytes) => Check([allocator, bytes]);

    [Theory, MetricRows]
    public void heap_batch_time(string allocator, int bytes) => Check([allocator, bytes]);

    [Theory, MetricRows]
    public void heap_allocation_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void heap_free_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void heap_aligned_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_aligned_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void two_thread_cycle_time(string allocator) => Check([allocator]);
}
