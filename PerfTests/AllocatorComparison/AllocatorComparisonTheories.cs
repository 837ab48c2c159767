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
}
