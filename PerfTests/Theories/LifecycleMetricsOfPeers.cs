using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure describing segments and finding addresses in the segments of a peer.</summary>
public sealed class LifecycleMetricsOfPeers(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void peer_announce_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void peer_first_lookup_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void peer_lookup_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void peer_forget_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void peer_forget_freed_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void peer_unmap_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void peer_dispose_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_describe_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_describe_all_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_address_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_name_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_descriptor_time(string allocator) => Check([allocator]);
}
