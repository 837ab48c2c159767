using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure finding blocks, addresses and sizes, and walking over all blocks of an arena.</summary>
public sealed class BlockLookupMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void block_address_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void block_size_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void block_find_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void statistics_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void used_bytes_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void live_block_enumeration_time(string allocator) => Check([allocator]);
}
