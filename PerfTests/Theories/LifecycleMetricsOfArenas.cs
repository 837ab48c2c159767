using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure creating, attaching, recovering and disposing heaps, arenas and arena tables.</summary>
public sealed class LifecycleMetricsOfArenas(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void heap_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void heap_open_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void heap_first_allocation_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void slab_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_create_time(string allocator, int reserved) => Check([allocator, reserved]);

    [Theory, MetricRows]
    public void arena_first_write_time(string allocator, int background) => Check([allocator, background]);

    [Theory, MetricRows]
    public void arena_dispose_time(string allocator, int reserved) => Check([allocator, reserved]);

    [Theory, MetricRows]
    public void arena_attach_time(string allocator, int prefault) => Check([allocator, prefault]);

    [Theory, MetricRows]
    public void arena_detach_time(string allocator, int prefault) => Check([allocator, prefault]);

    [Theory, MetricRows]
    public void arena_recovery_time(string allocator, int blocks) => Check([allocator, blocks]);

    [Theory, MetricRows]
    public void arena_recovery_idle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_table_cycle_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_table_dispose_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_table_create_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_table_attach_time(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void arena_table_lookup_time(string allocator, int arenas) => Check([allocator, arenas]);

    [Theory, MetricRows]
    public void arena_table_item_time(string allocator, int arenas) => Check([allocator, arenas]);
}
