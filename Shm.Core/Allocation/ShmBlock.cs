namespace Shm.Core;

/// <summary>
/// One allocation. A block is named by where it lies in shared memory, never by an address: the same
/// segment is mapped at another address in each process, so an address means nothing to a peer. 24 bytes, which mean
/// the same in every process; a handle that was made anew from the four values is the same handle, and may be slower
/// to free.
/// </summary>
public readonly record struct ShmBlock
{
    /// <summary>A block's place is kept above so many bits, which hold its length.</summary>
    internal const int PlaceShift = 22;

    /// <summary>What an extent with a place begins with: the highest bit set, the one below not, as no length has them.</summary>
    internal const ulong Placed = 1UL << 63;

    /// <summary>-2^62. A length below it, which no block has, would read as a place, and is kept as this one.</summary>
    private const long LeastByteCount = long.MinValue / 2;

    // In this order, which is that of a handle's bytes in messages too.
    private readonly uint _segmentId;
    private readonly uint _generation;
    private readonly long _offset;

    // The length; or a length below 4 MiB and the place where the allocator keeps account of the block, so that it
    // finds that without a search. The place is a hint, which the account itself confirms, and no part of what the
    // handle is: a handle that is changed has none.
    private readonly ulong _extent;

    /// <summary>Names a block.</summary>
    public ShmBlock(uint segmentId, uint generation, long offset, long byteCount) =>
        (_segmentId, _generation, _offset, _extent) = (segmentId, generation, offset, Plain(byteCount));

    /// <summary>The segment that holds the block, unique within its allocator.</summary>
    public uint SegmentId
    {
        get => _segmentId;
        init => (_segmentId, _extent) = (value, (ulong)ByteCount);
    }

    /// <summary>Tells a block from an earlier, freed one in the same place.</summary>
    public uint Generation
    {
        get => _generation;
        init => (_generation, _extent) = (value, (ulong)ByteCount);
    }

    /// <summary>Bytes from the start of the segment.</summary>
    public long Offset
    {
        get => _offset;
        init => (_offset, _extent) = (value, (ulong)ByteCount);
    }

    /// <summary>Bytes asked for; at least that many are usable. Any number may be given; one below -2^62 is kept as -2^62.</summary>
    public long ByteCount
    {
        get => _extent >> 62 == Placed >> 62 ? (long)(_extent & ((1UL << PlaceShift) - 1)) : (long)_extent;
        init => _extent = Plain(value);
    }

    /// <summary>The four values that name the block.</summary>
    public void Deconstruct(out uint segmentId, out uint generation, out long offset, out long byteCount) =>
        (segmentId, generation, offset, byteCount) = (SegmentId, Generation, Offset, ByteCount);

    /// <summary>Length and place, as they are kept.</summary>
    internal ulong Extent => _extent;

    /// <inheritdoc/>
    public bool Equals(ShmBlock other) =>
        (SegmentId, Generation, Offset, ByteCount) == (other.SegmentId, other.Generation, other.Offset, other.ByteCount);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SegmentId, Generation, Offset, ByteCount);

    private static ulong Plain(long byteCount) => (ulong)Math.Max(byteCount, LeastByteCount);
}
