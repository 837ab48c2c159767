using PerfTests.AllocatorComparison.Growth;
using PerfTests.Running;
using Xunit;

namespace PerfTests.AllocatorComparison;

/// <summary>Rows that show how times of the arena grow. They are reported and not judged, and take longer than performance rows.</summary>
[Category(CategoryName.AllocatorComparison)]
[Collection(MeasuredRows.Name)]
public sealed class ArenaGrowthTheories(AllocatorComparisonRun run)
{
    [Theory, InlineData(1_000), InlineData(10_000), InlineData(100_000), InlineData(1_000_000)]
    public void block_address(int liveBlocks) => run.Grow(GrowthSeries.BlockAddress, liveBlocks);

    [Theory, InlineData(1_000), InlineData(10_000), InlineData(100_000), InlineData(1_000_000)]
    public void attach(int liveBlocks) => run.Grow(GrowthSeries.Attach, liveBlocks);

    [Theory, InlineData(1_000), InlineData(10_000), InlineData(100_000), InlineData(1_000_000)]
    public void recovery(int liveBlocks) => run.Grow(GrowthSeries.Recovery, liveBlocks);

    [Theory, InlineData(1_000), InlineData(10_000), InlineData(100_000), InlineData(1_000_000)]
    public void statistics(int liveBlocks) => run.Grow(GrowthSeries.Statistics, liveBlocks);

    [Theory, InlineData(0), InlineData(25), InlineData(50), InlineData(75), InlineData(100)]
    public void allocation_failure(int fullPercent) => run.Grow(GrowthSeries.Failure, fullPercent);

    [Theory, InlineData(1), InlineData(8)]
    public void reserved_arena_create(int gibibytes) => run.Grow(GrowthSeries.ArenaCreation, gibibytes);

    [Theory, InlineData(1), InlineData(8)]
    public void reserved_arena_dispose(int gibibytes) => run.Grow(GrowthSeries.ArenaDisposal, gibibytes);
}
