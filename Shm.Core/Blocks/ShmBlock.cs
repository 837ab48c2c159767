namespace Shm.Core;

/// <summary>
/// Handle of 24 bytes to an allocated block. The handle means the same in every process: it contains a segment id and an offset
/// instead of an address, since each process maps a segment at another address.
/// </summary>
/// <remarks>
/// A handle that is rebuilt from its four values equals the original. Freeing a block by a rebuilt handle may be slower, since
/// only the original may carry a hint that spares the allocator a search.
/// </remarks>
public readonly record struct ShmBlock
{
    /// <summary>
    /// Number of low bits of <see cref="Extent"/> that hold the length if the extent contains a slot index. The bits above them
    /// hold the slot index.
    /// </summary>
    internal const int SlotIndexShift = 22;

    /// <summary>
    /// Value with the two top bits "10", which mark an extent that contains a slot index. No stored length begins with these
    /// bits.
    /// </summary>
    internal const ulong SlotIndexMark = 1UL << 63;

    /// <summary>
    /// Smallest length that can be stored, -2^62. The top bits of a smaller number would equal <see cref="SlotIndexMark"/>.
    /// </summary>
    private const long MinByteCount = long.MinValue / 2;

    // Processes exchange handles as bytes, so the order of these fields is fixed.
    private readonly uint _segmentId;
    private readonly uint _generation;
    private readonly long _offset;

    // Either the length alone, or SlotIndexMark, a slot index and a length below 4 MiB. The slot index tells the allocator
    // where it keeps the block's state. The slot index is only a hint: the allocator checks it against the state, Equals
    // ignores it, and a copy of the handle with a changed value does not have it.
    private readonly ulong _extent;

    /// <summary>
    /// Creates a handle from its four values. The constructor does not check that the block is live; every operation that takes
    /// the handle checks this.
    /// </summary>
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

    /// <summary>Requested size in bytes. The block has at least this many usable bytes. A value below -2^62 is stored as -2^62.</summary>
    public long ByteCount
    {
        get => _extent >> 62 == SlotIndexMark >> 62 ? (long)(_extent & ((1UL << SlotIndexShift) - 1)) : (long)_extent;
        init => _extent = WithoutSlotIndex(value);
    }

    /// <summary>Splits the handle into its four values.</summary>
    public void Deconstruct(out uint segmentId, out uint generation, out long offset, out long byteCount) =>
        (segmentId, generation, offset, byteCount) = (SegmentId, Generation, Offset, ByteCount);

    /// <summary>Stored form of the length and, if the handle has one, the slot index.</summary>
    internal ulong Extent => _extent;

    /// <inheritdoc/>
    public bool Equals(ShmBlock other) =>
        (SegmentId, Generation, Offset, ByteCount) == (other.SegmentId, other.Generation, other.Offset, other.ByteCount);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SegmentId, Generation, Offset, ByteCount);

    private static ulong WithoutSlotIndex(long byteCount) => (ulong)Math.Max(byteCount, MinByteCount);
}
