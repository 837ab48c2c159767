namespace Shm.Arena;

/// <summary>
/// The memory map, a pure function of the capacity. In this order:
/// <list type="bullet">
/// <item>header;</item>
/// <item>one slot per attached process;</item>
/// <item>a used-bit per page, a used-bit per slab part, and the part that describes each MiB, each 64 KiB or each page;</item>
/// <item>one slot per heap, and the slab parts: both claimed from the file system as they are first used;</item>
/// <item>data.</item>
/// </list>
/// Blocks are described out of band, so neither allocating nor freeing touches one. All offsets are 64-bit.
/// </summary>
internal readonly struct ArenaLayout
{
    internal const uint Version = 6;
    internal const int PageShift = 12;

    /// <summary>1 MiB and 64 KiB: what long slabs are found by, see <see cref="SlabMap"/>.</summary>
    internal const int RegionShift = 20, UnitShift = 16;
    internal const long RegionPages = 1L << (RegionShift - PageShift), UnitPages = 1L << (UnitShift - PageShift);
    internal const long PageBytes = 1L << PageShift;

    /// <summary>Slots for processes (attachments, to be exact).</summary>
    internal const int ProcessCount = 1024;

    /// <summary>Slots for heaps: one for each thread that allocates at the same time as others, in any process.</summary>
    internal const int HeapCount = 4096;

    /// <summary>The longest slab of the smallest class has this many parts; the table has as many to spare at its end.</summary>
    internal const int MaxSlabParts = 4;

    /// <summary>Data begins at a multiple of this, so that it can be backed by huge pages and aligned to them.</summary>
    internal const long DataAlignment = 1L << 21;

    internal ArenaLayout(long capacityBytes)
    {
        CapacityBytes = (capacityBytes + PageBytes - 1) & -PageBytes;
        PageCount = CapacityBytes >> PageShift;
        PartCount = 1 + (PageCount * MaxSlabParts);
        Processes = PageBytes;
        UsedPages = Processes + (ProcessCount * ProcessSlot.ByteCount);
        UsedParts = AlignUp(UsedPages + (WordCount(PageCount) * sizeof(ulong)));
        RegionMap = AlignUp(UsedParts + (WordCount(PartCount) * sizeof(ulong)));
        UnitMap = AlignUp(RegionMap + (((CapacityBytes >> RegionShift) + 1) * sizeof(uint)));
        PageMap = AlignUp(UnitMap + (((CapacityBytes >> UnitShift) + 1) * sizeof(uint)));
        Heaps = AlignUp(PageMap + (PageCount * sizeof(uint)));
        Parts = AlignUp(Heaps + (HeapCount * HeapSlot.ByteCount));
        Data = (Parts + ((PartCount + MaxSlabParts) * SlabPart.ByteCount) + DataAlignment - 1) & -DataAlignment;
    }

    internal long CapacityBytes { get; }

    internal long PageCount { get; }

    /// <summary>How many parts there can be. The first stands for "none" and is never used.</summary>
    internal long PartCount { get; }

    internal long Processes { get; }

    internal long UsedPages { get; }

    internal long UsedParts { get; }

    internal long RegionMap { get; }

    internal long UnitMap { get; }

    internal long PageMap { get; }

    internal long Heaps { get; }

    internal long Parts { get; }

    internal long Data { get; }

    internal long TotalBytes => Data + CapacityBytes;

    /// <summary>Words of 64 bits that hold as many bits.</summary>
    internal static long WordCount(long bitCount) => (bitCount + 63) >> 6;

    private static long AlignUp(long byteCount) => (byteCount + PageBytes - 1) & -PageBytes;
}
