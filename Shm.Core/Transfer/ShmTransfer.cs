using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Copies between private memory and shared memory. Methods that take a segment or a block throw if the range does not lie within it.
/// </summary>
/// <remarks>
/// Length and processor select the method. The chapter "Copies" of README.md lists the methods.
/// </remarks>
public static unsafe class ShmTransfer
{
    /// <summary>Length in bytes of the shortest copy that two threads share: 32 MiB.</summary>
    // One thread cannot use the whole memory bandwidth. Two threads were 1.7 times as fast as memcpy at 32 MiB and 1.8 times as
    // fast at 64 MiB (quartiles 1.1 to 1.9 on a busy machine). Shorter copies lose more when the second thread is preempted
    // within a piece.
    public const long ParallelFromByteCount = 32L << 20;

    /// <summary>
    /// Length in bytes of the shortest copy that uses non-temporal stores: half of the last-level cache, at least 16 MiB.
    /// Non-temporal stores bypass the cache.
    /// </summary>
    // Speed of non-temporal stores relative to glibc's memcpy on EPYC with 32 MiB of last-level cache, medians of 25
    // alternating rounds: 0.7 at 1 and 8 MiB, 1.09 at 16 MiB, 1.18 at 32 MiB, 1.2 at 64 MiB. The runtime's copy is as fast as
    // memcpy at each length.
    public static long StreamingFromByteCount => CopyMethods.Current.StreamingFromByteCount;

    /// <summary>
    /// Copies from one address to another, for example to a resolved address. If the two ranges overlap, the destination gets the
    /// bytes that the source had before.
    /// </summary>
    /// <remarks>
    /// The two ranges must be mapped. Ranges that overlap in the shared memory but not in the address space, because a process has
    /// mapped one segment twice, are not recognised: the bytes that they share are then undefined.
    /// </remarks>
    /// <param name="source">Address to copy from.</param>
    /// <param name="destination">Address to copy to.</param>
    /// <param name="byteCount">Number of bytes to copy.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is negative.</exception>
    public static void Copy(void* source, void* destination, long byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        if (byteCount < CachedCopy.MinByteCount || Overlap(source, destination, byteCount))
        {
            Buffer.MemoryCopy(source, destination, byteCount, byteCount);
        }
        else if (byteCount > CopyMethods.Current.CachedToByteCount)
        {
            CopyLong((byte*)source, (byte*)destination, byteCount);
        }
        else if (CopyMethods.Current.CopiesByVectors)
        {
            CachedCopy.Copy((byte*)source, (byte*)destination, byteCount);
        }
        else
        {
            LibC.CopyShort(destination, source, (nuint)byteCount);
        }
    }

    /// <summary>Copies a span into a segment.</summary>
    /// <param name="segment">Segment to write to.</param>
    /// <param name="source">Bytes to copy.</param>
    /// <param name="offset">Offset in the segment in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    /// <exception cref="InvalidOperationException">The segment is mapped read-only.</exception>
    public static void Write(ShmSegment segment, ReadOnlySpan<byte> source, long offset = 0)
    {
        ArgumentNullException.ThrowIfNull(segment);
        fixed (byte* start = source, target = segment.AsSpan(offset, source.Length))
        {
            Copy(start, target, source.Length);
        }
    }

    /// <summary>Copies from a segment into a span.</summary>
    /// <param name="segment">Segment to read from.</param>
    /// <param name="destination">Span to fill.</param>
    /// <param name="offset">Offset in the segment in bytes.</param>
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
    /// <param name="allocator">Allocator of the block.</param>
    /// <param name="block">Handle to a live block.</param>
    /// <param name="source">Bytes to copy.</param>
    /// <param name="offset">Offset in the block in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the block.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    public static void Write(IShmAllocator allocator, ShmBlock block, ReadOnlySpan<byte> source, long offset = 0)
    {
        fixed (byte* start = source)
        {
            Write(allocator, block, start, source.Length, offset);
        }
    }

    /// <summary>Copies from an address into a block. Unlike a span, the range may exceed 2 GiB.</summary>
    /// <param name="allocator">Allocator of the block.</param>
    /// <param name="block">Handle to a live block.</param>
    /// <param name="source">Address to copy from.</param>
    /// <param name="byteCount">Number of bytes to copy.</param>
    /// <param name="offset">Offset in the block in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the block.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    public static void Write(IShmAllocator allocator, ShmBlock block, void* source, long byteCount, long offset = 0)
    {
        var target = Range(allocator, block, byteCount, offset);
        Copy(source, (void*)target, byteCount);
    }

    /// <summary>Copies from a block into a span.</summary>
    /// <param name="allocator">Allocator of the block.</param>
    /// <param name="block">Handle to a live block.</param>
    /// <param name="destination">Span to fill.</param>
    /// <param name="offset">Offset in the block in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the block.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    public static void Read(IShmAllocator allocator, ShmBlock block, Span<byte> destination, long offset = 0)
    {
        fixed (byte* start = destination)
        {
            Read(allocator, block, start, destination.Length, offset);
        }
    }

    /// <summary>Copies from a block to an address. Unlike a span, the range may exceed 2 GiB.</summary>
    /// <param name="allocator">Allocator of the block.</param>
    /// <param name="block">Handle to a live block.</param>
    /// <param name="destination">Address to copy to.</param>
    /// <param name="byteCount">Number of bytes to copy.</param>
    /// <param name="offset">Offset in the block in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the block.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    public static void Read(IShmAllocator allocator, ShmBlock block, void* destination, long byteCount, long offset = 0)
    {
        var source = Range(allocator, block, byteCount, offset);
        Copy((void*)source, destination, byteCount);
    }

    /// <summary>Copies a range that does not fit into the first-level cache.</summary>
    private static void CopyLong(byte* source, byte* destination, long byteCount)
    {
        if (byteCount >= ParallelFromByteCount && Environment.ProcessorCount > 1)
        {
            ParallelCopy.Run(source, destination, byteCount);
        }
        else
        {
            CopyPiece(source, destination, byteCount, byteCount);
        }
    }

    /// <summary>Copies a range, or a piece of a longer one, in the calling thread.</summary>
    /// <param name="source">Address to copy from.</param>
    /// <param name="destination">Address to copy to.</param>
    /// <param name="byteCount">Number of bytes to copy.</param>
    /// <param name="wholeByteCount">Length of the whole range, which selects the method.</param>
    internal static void CopyPiece(byte* source, byte* destination, long byteCount, long wholeByteCount)
    {
        if (wholeByteCount >= StreamingFromByteCount && StreamingCopy.IsSupported)
        {
            StreamingCopy.Copy(source, destination, byteCount);
        }
        else
        {
            Buffer.MemoryCopy(source, destination, byteCount, byteCount);
        }
    }

    /// <summary>Returns true if two ranges of the same length, at least 1, overlap.</summary>
    // The distance between the addresses is above -byteCount and below byteCount. One unsigned comparison checks both ends.
    private static bool Overlap(void* one, void* other, long byteCount) =>
        (ulong)((byte*)one - (byte*)other + byteCount - 1) <= 2 * ((ulong)byteCount - 1);

    /// <summary>Returns the address of a range of a block.</summary>
    private static nint Range(IShmAllocator allocator, ShmBlock block, long byteCount, long offset)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, block.ByteCount - byteCount);
        return allocator.GetAddress(block) + (nint)offset;
    }
}
