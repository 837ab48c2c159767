namespace Shm.Core;

/// <summary>
/// Copies between private memory and shared memory. Every range is checked against the block or segment.
///
/// The copy is chosen by length: vectors from 1 to 16 KiB, which a core's first-level cache holds; the runtime's
/// own copy, which is the C library's, below and above that; stores past the cache from
/// <see cref="StreamingFromByteCount"/> on; and two threads from <see cref="SharedFromByteCount"/> on where there are
/// two processors.
/// </summary>
public static unsafe class ShmTransfer
{
    /// <summary>
    /// 16 MiB. Measured beside glibc's memcpy on EPYC with 32 MiB of last-level cache, medians of 25 rounds in turn:
    /// stores past the cache take 1.4 times as long at 1 and at 8 MiB, and lead by 1.09 at 16, 1.18 at 32 and 1.2 at
    /// 64 MiB; the runtime's own copy is at 1.0 throughout.
    /// </summary>
    public const long StreamingFromByteCount = 16L << 20;

    /// <summary>
    /// 32 MiB. One thread can't fill the memory's bandwidth: two were 1.7 times as fast as memcpy at 32 MiB and 1.8 at
    /// 64 MiB (quartiles 1.1 to 1.9, beside other work). Shorter copies gain as much at best, and lose more where the
    /// second thread is preempted with a piece in its hands.
    /// </summary>
    public const long SharedFromByteCount = 32L << 20;

    /// <summary>Copies between any two places that do not overlap, for addresses that were resolved.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is negative.</exception>
    public static void Copy(void* source, void* destination, long byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        if (byteCount is >= CachedCopy.LeastByteCount and <= CachedCopy.MostByteCount && CachedCopy.IsSupported)
        {
            CachedCopy.Copy((byte*)source, (byte*)destination, byteCount);
        }
        else if (byteCount < StreamingFromByteCount || !StreamingCopy.IsSupported)
        {
            Buffer.MemoryCopy(source, destination, byteCount, byteCount);
        }
        else if (byteCount < SharedFromByteCount || Environment.ProcessorCount < 2)
        {
            StreamingCopy.Copy((byte*)source, (byte*)destination, byteCount);
        }
        else
        {
            SharedCopy.Run((byte*)source, (byte*)destination, byteCount);
        }
    }

    /// <summary>Copies a span into a segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    /// <exception cref="InvalidOperationException">The segment is mapped for reading alone.</exception>
    public static void Write(ShmSegment segment, ReadOnlySpan<byte> source, long offset = 0)
    {
        ArgumentNullException.ThrowIfNull(segment);
        fixed (byte* start = source, target = segment.AsSpan(offset, source.Length))
        {
            Copy(start, target, source.Length);
        }
    }

    /// <summary>Copies from a segment into a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    public static void Read(ShmSegment segment, Span<byte> destination, long offset = 0)
    {
        ArgumentNullException.ThrowIfNull(segment);
        fixed (byte* start = segment.AsReadOnlySpan(offset, destination.Length), target = destination)
        {
            Copy(start, target, destination.Length);
        }
    }

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
        Copy(source, (void*)target, byteCount);
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
        Copy((void*)source, destination, byteCount);
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
