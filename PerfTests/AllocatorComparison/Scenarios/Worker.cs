namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>The workloads' loops, as one thread runs them with one allocator. Made and used by that thread alone.</summary>
internal abstract class Worker
{
    /// <summary>The most blocks in a batch.</summary>
    public const int MostBatchBlocks = 256;

    /// <summary>Blocks that go from one thread to another together, so that the time is the allocator's and not the hand-over's.</summary>
    public const int HandOverBlocks = 64;

    /// <summary>Allocates a block that stays.</summary>
    public abstract void Hold(long byteCount);

    /// <summary>Allocates and frees so many blocks, one at a time.</summary>
    public abstract void Pairs(long byteCount, long pairs);

    /// <summary>Allocates a batch of blocks, then frees them in the given order; for each of the orders.</summary>
    public abstract void Batches(long byteCount, int blocks, ReadOnlySpan<int> orders);

    /// <summary>Allocates so many groups of <see cref="HandOverBlocks"/> blocks for the other thread.</summary>
    public abstract void Produce(long byteCount, long groups);

    /// <summary>Frees so many groups that the other thread allocated.</summary>
    public abstract void Consume(long groups);
}
