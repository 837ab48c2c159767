using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>
/// Theories that check speed-ups and counted values. Their limits are the same on every machine, so they need no baseline.
/// </summary>
public sealed class AnyMachineMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void speed_up(string of) => Check([of]);

    [Theory, MetricRows]
    public void managed_bytes_per_operation(string operation) => Check([operation]);

    [Theory, MetricRows]
    public void system_calls_per_operation(string allocator, string operation) => Check([allocator, operation]);

    [Theory, MetricRows]
    public void arena_utilisation(string of) => Check([of]);

    [Theory, MetricRows]
    public void arena_fragmentation(string of) => Check([of]);

    [Theory, MetricRows]
    public void page_faults_per_operation(string of) => Check([of]);
}
