namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Allocates and frees for one thread. Implementations are structs, so that the JIT compiles separate loops without virtual
/// calls for each implementation.
/// </summary>
/// <typeparam name="TBlock">Handle or pointer of a block.</typeparam>
internal interface IHeap<TBlock>
    where TBlock : unmanaged
{
    /// <summary>Allocates a block.</summary>
    /// <exception cref="InvalidOperationException">The allocator is out of memory.</exception>
    void Allocate(long byteCount, out TBlock block);

    /// <summary>Frees a block, even if another thread allocated the block.</summary>
    void Free(in TBlock block);

    /// <summary>Returns the address of a block that the caller holds.</summary>
    nint AddressOf(in TBlock block);
}
