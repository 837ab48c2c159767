using PerfTests.Running;
using Xunit;

namespace PerfTests.AllocatorComparison;

/// <summary>
/// Rows of the allocator comparison. These rows are no performance rows: they need libraries that the project does not depend
/// on, and they compare the arena with other allocators instead of judging a change.
/// </summary>
[Category(CategoryName.AllocatorComparison)]
[Collection(MeasuredRows.Name)]
public sealed class AllocatorComparisonTheories(AllocatorComparisonRun run)
{
    [Theory, InlineData(64), InlineData(4096), InlineData(65536), InlineData(131072), InlineData(2097152)]
    public void pairs(int blockBytes) => run.Measure(Workload.Pairs, blockBytes);

    [Theory, InlineData(64), InlineData(4096), InlineData(65536), InlineData(131072), InlineData(2097152)]
    public void random_batches(int blockBytes) => run.Measure(Workload.RandomBatches, blockBytes);

    [Theory, InlineData(64), InlineData(4096), InlineData(65536)]
    public void two_threads_pairs(int blockBytes) => run.Measure(Workload.TwoThreadsPairs, blockBytes);

    [Theory, InlineData(64), InlineData(4096), InlineData(65536)]
    public void two_threads_batches(int blockBytes) => run.Measure(Workload.TwoThreadsBatches, blockBytes);

    [Theory, InlineData(64), InlineData(4096), InlineData(65536)]
    public void remote_frees(int blockBytes) => run.Measure(Workload.RemoteFrees, blockBytes);

    [Theory, InlineData(1000)]
    public void larson(int blockBytes) => run.Measure(Workload.Larson, blockBytes);

    [Theory, InlineData(8)]
    public void cache_scratch(int blockBytes) => run.Measure(Workload.CacheScratch, blockBytes);

    [Theory, InlineData(2097152)]
    public void log_uniform_sizes(int blockBytes) => run.Measure(Workload.LogUniformSizes, blockBytes);

    [Theory, InlineData(1048576)]
    public void trace_replay(int blockBytes) => run.Measure(Workload.TraceReplay, blockBytes);

    [Theory]
    [InlineData(64, 1_000), InlineData(64, 10_000), InlineData(64, 100_000), InlineData(64, 1_000_000)]
    [InlineData(4096, 1_000), InlineData(4096, 10_000), InlineData(4096, 100_000), InlineData(4096, 1_000_000)]
    public void random_churn(int blockBytes, int liveBlocks) => run.Measure(Workload.RandomChurn, blockBytes, liveBlocks);
}
