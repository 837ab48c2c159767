namespace Shm.Core;

/// <summary>
/// Allocates and frees blocks of shared memory. Any thread may call any member at any time. A block must not be used
/// while it is being freed or afterwards.
/// </summary>
public interface IShmAllocator : IDisposable
{
    /// <summary>Allocates a block.</summary>
    /// <param name="byteCount">Requested size in bytes; the block has at least this many usable bytes.</param>
    /// <returns>Handle to the block, valid in every process that maps the block's segment.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">The allocator or the system has too little memory, or a system call failed.</exception>
    ShmBlock Allocate(long byteCount);

    /// <summary>Tries to allocate a block; returns false instead of throwing when memory is short.</summary>
    /// <param name="byteCount">Requested size in bytes; the block has at least this many usable bytes.</param>
    /// <param name="block">Handle to the block, or the default value if the method returns false.</param>
    /// <returns>False if the allocator or the system has too little memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">A system call failed for a reason other than a lack of memory.</exception>
    bool TryAllocate(long byteCount, out ShmBlock block);

    /// <summary>Frees a block.</summary>
    /// <param name="block">Handle to a live block of this allocator.</param>
    /// <exception cref="ShmException">
    /// <paramref name="block"/> is not a live block of this allocator: it was freed before, belongs to another allocator, or
    /// its handle was made up.
    /// </exception>
    // The handle is passed by reference. Copying a handle as a whole just after its fields were written one by one would stall,
    // since the processor cannot forward several stores to one load.
    void Free(in ShmBlock block);

    /// <summary>Gets the address of a block in this process.</summary>
    /// <param name="block">Handle to a live block of this allocator.</param>
    /// <returns>Address of the block's first byte.</returns>
    /// <exception cref="ShmException"><paramref name="block"/> is not a live block of this allocator.</exception>
    nint GetAddress(ShmBlock block);

    /// <summary>Translates an address range of the process that owns a block into the address space of this process.</summary>
    /// <param name="remoteAddress">Address of the first byte in the owner's address space.</param>
    /// <param name="byteCount">Length of the range in bytes, at least 1. The range must lie within one segment.</param>
    /// <param name="localAddress">Address of the same byte in this process, or 0 if the method returns false.</param>
    /// <returns>
    /// False if no segment contains the whole range, if <paramref name="byteCount"/> is below 1, or if the range overflows the
    /// address space.
    /// </returns>
    bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress);
}
