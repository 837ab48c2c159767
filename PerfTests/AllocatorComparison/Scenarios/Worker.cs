namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Runs the loops of the workloads in one thread with one allocator. Only the thread that created a worker may use it.</summary>
internal abstract class Worker
{
    /// <summary>Largest number of blocks in a batch.</summary>
    public const int MostBatchBlocks = 256;

    /// <summary>
    /// Number of blocks that are passed to the other thread at once. With fewer blocks, passing them would take more time than
    /// allocating them.
    /// </summary>
    public const int HandOverBlocks = 64;

    /// <summary>Allocates a block and keeps it until the process exits.</summary>
    public abstract void Hold(long byteCount);

    /// <summary>Allocates and frees <paramref name="pairs"/> blocks, one at a time.</summary>
    public abstract void Pairs(long byteCount, long pairs);

    /// <summary>Allocates one batch of blocks for each order, and frees the blocks in that order.</summary>
    public abstract void Batches(long byteCount, int blocks, ReadOnlySpan<int> orders);

    /// <summary>Allocates <paramref name="groups"/> groups of <see cref="HandOverBlocks"/> blocks for the other thread.</summary>
    public abstract void Produce(long byteCount, long groups);

    /// <summary>Frees <paramref name="groups"/> groups that the other thread allocated.</summary>
    public abstract void Consume(long groups);
}
