namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>An allocator as one thread uses it. A struct, so that the loops are compiled for it and call it directly.</summary>
/// <typeparam name="TBlock">What stands for a block.</typeparam>
internal interface IHeap<TBlock>
    where TBlock : unmanaged
{
    /// <summary>Allocates a block; being out of memory is an exception.</summary>
    void Allocate(long byteCount, out TBlock block);

    /// <summary>Gives a block back, whichever thread allocated it.</summary>
    void Free(in TBlock block);
}
