namespace Shm.Core;

/// <summary>Copies between private memory and blocks of shared memory. Every range is checked against the block.</summary>
public static unsafe class ShmTransfer
{
    /// <summary>Copies a span into a block.</summary>
    /// <param name="allocator">The block's allocator.</param>
    /// <param name="block">A live block.</param>
    /// <param name="source">What to copy.</param>
    /// <param name="offset">Bytes from the block's start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the block.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    public static void Write(IShmAllocator allocator, ShmBlock block, ReadOnlySpan<byte> source, long offset = 0)
    {
        fixed (byte* start = source)
        {
            Write(allocator, block, start, source.Length, offset);
        }
    }

    /// <summary>Copies from a pointer into a block; for more bytes than a span can hold.</summary>
    /// <inheritdoc cref="Write(IShmAllocator, ShmBlock, ReadOnlySpan{byte}, long)"/>
    public static void Write(IShmAllocator allocator, ShmBlock block, void* source, long byteCount, long offset = 0)
    {
        nint target = Range(allocator, block, byteCount, offset);
        Buffer.MemoryCopy(source, (void*)target, byteCount, byteCount);
    }

    /// <summary>Copies from a block into a span.</summary>
    /// <param name="allocator">The block's allocator.</param>
    /// <param name="block">A live block.</param>
    /// <param name="destination">What to fill.</param>
    /// <param name="offset">Bytes from the block's start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the block.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    public static void Read(IShmAllocator allocator, ShmBlock block, Span<byte> destination, long offset = 0)
    {
        fixed (byte* start = destination)
        {
            Read(allocator, block, start, destination.Length, offset);
        }
    }

    /// <summary>Copies from a block to a pointer; for more bytes than a span can hold.</summary>
    /// <inheritdoc cref="Read(IShmAllocator, ShmBlock, Span{byte}, long)"/>
    public static void Read(IShmAllocator allocator, ShmBlock block, void* destination, long byteCount, long offset = 0)
    {
        nint source = Range(allocator, block, byteCount, offset);
        Buffer.MemoryCopy((void*)source, destination, byteCount, byteCount);
    }

    private static nint Range(IShmAllocator allocator, ShmBlock block, long byteCount, long offset)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, block.ByteCount - byteCount);
        return allocator.GetAddress(block) + (nint)offset;
    }
}
