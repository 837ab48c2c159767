namespace Shm.Core;

/// <summary>
/// The original allocator: every block is a segment of its own (shm_open, ftruncate, mmap, close; munmap,
/// shm_unlink), and an address is looked up by scanning all registered segments.
/// </summary>
public sealed class SegmentAllocator : IShmAllocator
{
    private readonly SegmentRegistry _registry = new();
    private volatile bool _disposed;

    /// <summary>Segments that an address is looked up in: live blocks and registered peers.</summary>
    public int SegmentCount => _registry.LiveCount;

    /// <inheritdoc/>
    public ShmBlock Allocate(long byteCount)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ShmSegment segment = ShmSegment.CreateExclusive(byteCount);
        (uint slot, uint generation) = _registry.Add((ulong)segment.Address, segment.Length, segment);
        return new ShmBlock(slot, generation, 0, byteCount);
    }

    /// <inheritdoc/>
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        try
        {
            block = Allocate(byteCount);
            return true;
        }
        catch (ShmException refusal) when (refusal.IsOutOfMemory)
        {
            block = default;
            return false;
        }
    }

    /// <inheritdoc/>
    public void Free(ShmBlock block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ShmSegment? segment = block.Offset == 0
            ? _registry.Remove(block.SegmentId, block.Generation, owned: true, block.ByteCount)
            : null;
        if (segment is null)
        {
            ShmException.ThrowNotLive("free", block);
        }

        segment.Dispose();
    }

    /// <inheritdoc/>
    public nint GetAddress(ShmBlock block)
    {
        Find(block, out nint address);
        return address;
    }

    /// <inheritdoc/>
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress) =>
        _registry.Table.TryResolve(remoteAddress, byteCount, out localAddress);

    /// <summary>What a peer needs to know to find a block's addresses.</summary>
    /// <exception cref="ShmException">The block is not a live block of this allocator.</exception>
    public SegmentDescriptor Describe(ShmBlock block)
    {
        ShmSegment segment = Find(block, out nint address);
        return new SegmentDescriptor((ulong)address, segment.Length, segment.Name);
    }

    /// <summary>Maps a peer's segment, so that addresses in it can be resolved.</summary>
    /// <returns>A handle for <see cref="Unregister"/> and <see cref="GetAddress"/>; it can't be freed.</returns>
    /// <exception cref="ArgumentException">The range is empty or overflows the address space.</exception>
    /// <exception cref="ShmException">The segment is missing, foreign or too short.</exception>
    public ShmBlock Register(SegmentDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(descriptor.ByteCount);
        if (descriptor.Address > ulong.MaxValue - (ulong)descriptor.ByteCount)
        {
            throw new ArgumentException("The range overflows the address space.", nameof(descriptor));
        }

        ShmSegment segment = ShmSegment.Open(descriptor.Name, descriptor.ByteCount);
        (uint slot, uint generation) = _registry.Add(descriptor.Address, descriptor.ByteCount, segment);
        return new ShmBlock(slot, generation, 0, descriptor.ByteCount);
    }

    /// <summary>Forgets a peer's segment and unmaps it.</summary>
    /// <exception cref="ShmException">The handle is not one that <see cref="Register"/> returned, or no longer.</exception>
    public void Unregister(ShmBlock registered)
    {
        if (_registry.Remove(registered.SegmentId, registered.Generation, owned: false) is not { } segment)
        {
            ShmException.ThrowNotLive("unregister", registered);
            return;
        }

        segment.Dispose();
    }

    /// <summary>Frees every block that is still live and forgets every peer.</summary>
    public void Dispose()
    {
        _disposed = true;
        _registry.RemoveAll().ForEach(segment => segment.Dispose());
    }

    private ShmSegment Find(ShmBlock block, out nint address)
    {
        ShmSegment? segment = _registry.Table.Find(block.SegmentId, block.Generation, out address);
        if (segment is null || block.Offset != 0)
        {
            ShmException.ThrowNotLive("address", block);
        }

        return segment;
    }
}
