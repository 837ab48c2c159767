namespace Shm.Core;

/// <summary>
/// The original allocator: every block is a segment of its own (shm_open, ftruncate, mmap, close; munmap,
/// shm_unlink), and an address is looked up by scanning all registered segments.
/// </summary>
public sealed class SegmentAllocator : IShmAllocator
{
    private readonly SegmentRegistry _registry = new();
    private volatile bool _disposed;

    /// <summary>Segments that an address is looked up in: the live blocks.</summary>
    public int SegmentCount => _registry.LiveCount;

    /// <inheritdoc/>
    public ShmBlock Allocate(long byteCount)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ShmSegment segment = ShmSegment.CreateExclusive(byteCount);
        try
        {
            (uint slot, uint generation) = _registry.Add((ulong)segment.Address, segment.Length, segment);
            return new ShmBlock(slot, generation, 0, byteCount);
        }
        catch
        {
            segment.Dispose();
            throw;
        }
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
    public void Free(in ShmBlock block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ShmSegment? segment = block.Offset == 0
            ? _registry.Remove(block.SegmentId, block.Generation, block.ByteCount)
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

    /// <summary>What a peer needs to know to find the addresses of every live block.</summary>
    public IReadOnlyList<SegmentDescriptor> DescribeAll() =>
        [.. _registry.Live().Select(segment => new SegmentDescriptor((ulong)segment.Address, segment.Length, segment.Name))];

    /// <summary>Frees every block that is still live.</summary>
    public void Dispose()
    {
        _disposed = true;
        _registry.Close().ForEach(segment => segment.Dispose());
    }

    private ShmSegment Find(ShmBlock block, out nint address)
    {
        ShmSegment? segment = _registry.Table.Find(block.SegmentId, block.Generation, out address);
        if (segment is null || block.Offset != 0 || block.ByteCount != segment.Length)
        {
            ShmException.ThrowNotLive("address", block);
        }

        return segment;
    }
}
