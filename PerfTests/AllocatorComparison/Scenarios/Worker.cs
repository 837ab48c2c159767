namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Runs the loops of the workloads in one thread with one allocator. Only the thread that created a worker may use it.</summary>
internal abstract class Worker
{
    /// <summary>Largest number of blocks in a batch.</summary>
    public const int MaxBatchBlocks = 256;

    /// <summary>
    /// Number of blocks that are passed to the other thread at once. With fewer blocks, passing them would take more time than
    /// allocating them.
    /// </summary>
    public const int HandOverBlocks = 64;

    /// <summary>Size of the block that each worker keeps allocated, in bytes.</summary>
    public const int HeldBytes = 64;

    /// <summary>
    /// Number of writes to each block of <see cref="Scratch"/>. They take longer than allocating, as long as no other thread
    /// writes to the same cache line.
    /// </summary>
    public const int ScratchWrites = 100;

    /// <summary>Allocates a block and keeps it until the process exits.</summary>
    public abstract void Hold(long byteCount);

    /// <summary>Allocates and frees <paramref name="pairs"/> blocks, one at a time.</summary>
    public abstract void Pairs(long byteCount, long pairs);

    /// <summary>Allocates one batch of blocks for each order, and frees the blocks in that order.</summary>
    public abstract void Batches(long byteCount, int blocks, ReadOnlySpan<int> orders);

    /// <summary>Allocates a block of each size into the slots of a set.</summary>
    public abstract void Fill(int set, ReadOnlySpan<int> byteCounts);

    /// <summary>Frees the blocks in the first slots of a set.</summary>
    public abstract void Drain(int set, int slotCount);

    /// <summary>Replaces blocks in the slots of a set, one after another.</summary>
    public abstract void Replace(int set, ReadOnlySpan<Replacement> steps);

    /// <summary>
    /// Frees the block in the first slot of a set. Then allocates blocks one at a time, writes <see cref="ScratchWrites"/> times
    /// to each, and frees it.
    /// </summary>
    public abstract void Scratch(int set, long byteCount, long blocks);

    /// <summary>Allocates <paramref name="groups"/> groups of <see cref="HandOverBlocks"/> blocks for the other thread.</summary>
    public abstract void Produce(long byteCount, long groups);

    /// <summary>Frees <paramref name="groups"/> groups that the other thread allocated.</summary>
    public abstract void Consume(long groups);
}
