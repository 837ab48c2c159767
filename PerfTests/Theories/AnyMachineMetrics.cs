using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>What must hold on any machine, so that it needs no baseline: speed-ups and exact counts.</summary>
public sealed class AnyMachineMetrics(PerfRun run) : PerfTheories(run)
{
    private readonly PerfRun _run = run;

    [Theory, MetricRows]
    public void speed_up(string of) =>
        RowAssertion.Assert(_run.Check(SpeedUps.All.Single(speedUp => speedUp.Name == of)));

    [Theory, MetricRows]
    public void managed_bytes_per_operation(string operation) =>
        RowAssertion.Assert(_run.Check(ExactCounts.ManagedBytes.Single(counter => counter.Operation == operation)));

    [Theory, MetricRows]
    public void system_calls_per_operation(string allocator, string operation) =>
        RowAssertion.Assert(_run.Check(ExactCounts.SystemCalls.Single(count => count.Allocator == allocator && count.Operation == operation)));

    [Theory, MetricRows]
    public void arena_utilisation(string of) => Check(ArenaCounts.Utilisation, of);

    [Theory, MetricRows]
    public void arena_fragmentation(string of) => Check(ArenaCounts.Fragmentation, of);

    [Theory, MetricRows]
    public void page_faults_per_operation(string of) => Check(ArenaCounts.PageFaults, of);

    private void Check(IReadOnlyList<ArenaCount> counts, string of) =>
        RowAssertion.Assert(_run.Check(counts.Single(count => count.Of == of)));
}
