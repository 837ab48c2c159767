using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure allocating and freeing blocks of an arena.</summary>
public sealed class BlockAllocationMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void block_cycle_time(string allocator, int bytes) => Check([allocator, bytes]);

    [Theory, MetricRows]
    public void block_batch_time(string allocator, int bytes) => Check([allocator, bytes]);

    [Theory, MetricRows]
    public void block_allocation_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void block_free_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void block_aligned_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void thread_heap_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void thread_heap_aligned_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void two_thread_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void allocation_tail_latency(string allocator, int threads) => Check([allocator, threads]);

    [Theory, MetricRows]
    public void free_tail_latency(string allocator, int threads) => Check([allocator, threads]);
}
