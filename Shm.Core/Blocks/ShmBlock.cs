namespace Shm.Core;

/// <summary>
/// Handle to an allocated block, 24 bytes, with the same meaning in every process. It contains a segment id and an offset and
/// no address, since each process maps a segment at another address.
/// </summary>
/// <remarks>
/// A handle that is built again from its four values equals the original. Freeing it may be slower: the original may also
/// carry a hint that spares the allocator a search.
/// </remarks>
public readonly record struct ShmBlock
{
    /// <summary>Number of low bits of an extent that hold the length; the bits above hold the slot index.</summary>
    internal const int SlotIndexShift = 22;

    /// <summary>Top bits "10" of an extent with a slot index. No stored length begins with them.</summary>
    internal const ulong SlotIndexMark = 1UL << 63;

    /// <summary>Smallest stored length, -2^62: the top bits of anything lower would be <see cref="SlotIndexMark"/>.</summary>
    private const long MinByteCount = long.MinValue / 2;

    // The order of the fields is the order of a handle's bytes when processes exchange it.
    private readonly uint _segmentId;
    private readonly uint _generation;
    private readonly long _offset;

    // Either the length, or SlotIndexMark with a slot index and a length below 4 MiB. The slot index tells the allocator
    // where it keeps the block's state. It is a hint that the state itself confirms, it is not compared by Equals, and a
    // handle that was changed has none.
    private readonly ulong _extent;

    /// <summary>Creates a handle from its four values. Whether such a block is live is checked when the handle is used.</summary>
    public ShmBlock(uint segmentId, uint generation, long offset, long byteCount) =>
        (_segmentId, _generation, _offset, _extent) = (segmentId, generation, offset, WithoutSlotIndex(byteCount));

    /// <summary>Id of the segment that contains the block, unique within its allocator.</summary>
    public uint SegmentId
    {
        get => _segmentId;
        init => (_segmentId, _extent) = (value, (ulong)ByteCount);
    }

    /// <summary>Number that distinguishes the block from earlier blocks at the same offset.</summary>
    public uint Generation
    {
        get => _generation;
        init => (_generation, _extent) = (value, (ulong)ByteCount);
    }

    /// <summary>Offset of the block's first byte from the start of the segment, in bytes.</summary>
    public long Offset
    {
        get => _offset;
        init => (_offset, _extent) = (value, (ulong)ByteCount);
    }

    /// <summary>Requested size in bytes; at least this many are usable. A value below -2^62 is stored as -2^62.</summary>
    public long ByteCount
    {
        get => _extent >> 62 == SlotIndexMark >> 62 ? (long)(_extent & ((1UL << SlotIndexShift) - 1)) : (long)_extent;
        init => _extent = WithoutSlotIndex(value);
    }

    /// <summary>Splits the handle into its four values.</summary>
    public void Deconstruct(out uint segmentId, out uint generation, out long offset, out long byteCount) =>
        (segmentId, generation, offset, byteCount) = (SegmentId, Generation, Offset, ByteCount);

    /// <summary>Length and optional slot index in their stored form.</summary>
    internal ulong Extent => _extent;

    /// <inheritdoc/>
    public bool Equals(ShmBlock other) =>
        (SegmentId, Generation, Offset, ByteCount) == (other.SegmentId, other.Generation, other.Offset, other.ByteCount);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SegmentId, Generation, Offset, ByteCount);

    private static ulong WithoutSlotIndex(long byteCount) => (ulong)Math.Max(byteCount, MinByteCount);
}
