using PerfTests.Running;
using Xunit;

namespace PerfTests.AllocatorComparison;

/// <summary>Rows that show how the arena scales over processes and threads. They are reported and not judged.</summary>
[Category(CategoryName.AllocatorComparison)]
[Collection(MeasuredRows.Name)]
public sealed class ArenaScalingTheories(AllocatorComparisonRun run)
{
    [Theory, InlineData(64), InlineData(65536)]
    public void two_processes(int blockBytes) => run.MeasureTwoProcesses(blockBytes);

    [Theory, InlineData(2), InlineData(8), InlineData(32)]
    public void supply_lock(int threads) => run.MeasureSupplyLock(threads);
}
