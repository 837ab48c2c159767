using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure creating, opening, mapping and disposing segments, and removing stale segments.</summary>
public sealed class LifecycleMetricsOfSegments(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void segment_create_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_create_named_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_create_reserved_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_create_prefaulted_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_open_prefaulted_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_prefault_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_prefault_bandwidth(string allocator, int mebibytes, int reserved) => Check([allocator, mebibytes, reserved]);

    [Theory, MetricRows]
    public void segment_dispose_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_try_allocate_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_allocator_dispose_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void stale_segment_list_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void stale_segment_remove_time(string allocator) => Check([allocator]);
}
