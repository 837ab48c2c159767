namespace Shm.Core;

/// <summary>
/// Hands out blocks of shared memory. Every member may be called from any thread at any time, except
/// that a block must not be used while or after it is freed.
/// </summary>
public interface IShmAllocator : IDisposable
{
    /// <summary>Allocates a block of at least <paramref name="byteCount"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">There is not enough memory, or the system refused.</exception>
    ShmBlock Allocate(long byteCount);

    /// <summary>As <see cref="Allocate"/>, but being out of memory is an answer and not an exception.</summary>
    /// <returns>False if there is not enough memory; <paramref name="block"/> is then the default value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">The system refused for another reason than memory.</exception>
    bool TryAllocate(long byteCount, out ShmBlock block);

    /// <summary>Gives a block back.</summary>
    /// <exception cref="ShmException">The block is not a live block of this allocator (freed twice, foreign, or made up).</exception>
    // By reference: a handle that was just written part by part is slow to copy as a whole.
    void Free(in ShmBlock block);

    /// <summary>The address of a live block in this process.</summary>
    /// <exception cref="ShmException">The block is not a live block of this allocator.</exception>
    nint GetAddress(ShmBlock block);

    /// <summary>
    /// Translates a range of the address space that a block's owner published into this process's address space.
    /// </summary>
    /// <param name="remoteAddress">The first byte's address as the owner knows it.</param>
    /// <param name="byteCount">How many bytes must lie within one segment; at least 1.</param>
    /// <param name="localAddress">The same byte in this process, or 0.</param>
    /// <returns>False if no segment holds the whole range, also when the range overflows the address space.</returns>
    bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress);
}
