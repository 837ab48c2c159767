using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure copying out of shared memory, and each method that copies.</summary>
public sealed class LifecycleMetricsOfTransfers(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void transfer_read_bandwidth(string allocator, int kibibytes) => Check([allocator, kibibytes]);

    [Theory, MetricRows]
    public void transfer_copy_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void transfer_segment_write_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void transfer_segment_read_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void transfer_block_write_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void transfer_block_read_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_view_time(string allocator) => Check([allocator]);
}
