namespace Shm.Core;

/// <summary>
/// Allocates each block as a segment of its own (openat, ftruncate, mmap, close) and frees it with munmap and unlinkat.
/// Resolves an address by a linear scan over all live segments.
/// </summary>
public sealed class SegmentAllocator : IShmAllocator
{
    private readonly SegmentRegistry _registry = new();
    private volatile bool _disposed;

    /// <summary>Number of live segments. Each live block is one segment.</summary>
    public int SegmentCount => _registry.LiveCount;

    /// <inheritdoc/>
    public ShmBlock Allocate(long byteCount)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var segment = ShmSegment.CreateExclusive(byteCount);
        try
        {
            (var slot, var generation) = _registry.Add((ulong)segment.Address, segment.Length, segment);
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
        catch (ShmException failure) when (failure.IsOutOfMemory)
        {
            block = default;
            return false;
        }
    }

    /// <inheritdoc/>
    public void Free(in ShmBlock block)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var segment = block.Offset == 0
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
        Find(block, out var address);
        return address;
    }

    /// <inheritdoc/>
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress) =>
        _registry.Table.TryResolve(remoteAddress, byteCount, out localAddress);

    /// <summary>Returns the descriptor from which a peer process can map a block.</summary>
    /// <param name="block">Handle to a live block of this allocator.</param>
    /// <exception cref="ShmException"><paramref name="block"/> is not a live block of this allocator.</exception>
    public SegmentDescriptor Describe(ShmBlock block)
    {
        var segment = Find(block, out var address);
        return new SegmentDescriptor((ulong)address, segment.Length, segment.Name);
    }

    /// <summary>Returns the descriptors of all live blocks.</summary>
    public IReadOnlyList<SegmentDescriptor> DescribeAll() =>
        _registry.Select(segment => new SegmentDescriptor((ulong)segment.Address, segment.Length, segment.Name));

    /// <summary>Frees all live blocks. Later calls to allocate or free throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        _registry.Close().ForEach(segment => segment.Dispose());
    }

    private ShmSegment Find(ShmBlock block, out nint address)
    {
        var segment = _registry.Table.Find(block.SegmentId, block.Generation, out address);
        if (segment is null || block.Offset != 0 || block.ByteCount != segment.Length)
        {
            ShmException.ThrowNotLive("get address", block);
        }

        return segment;
    }
}
