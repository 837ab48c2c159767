using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>
/// Theories that measure each step of creating and removing a segment by itself. In the time of all steps together, noise would
/// hide a change of one step.
/// </summary>
public sealed class SegmentPartMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void segment_open_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_truncate_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_map_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_unmap_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_unlink_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_free_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void segment_attach_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void first_touch_time(string allocator, int prefaulted) => Check([allocator, prefaulted]);
}
