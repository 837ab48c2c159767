namespace Shm.Arena;

/// <summary>
/// Memory map of an arena, computed from the capacity alone. An arena consists of, in this order:
/// <list type="bullet">
/// <item>header;</item>
/// <item>a slot for each attached process;</item>
/// <item>bitmaps of the used pages, of the used slab parts and of the parts that may have free blocks, and maps from regions of
/// 1 MiB and units of 64 KiB to slab parts;</item>
/// <item>a map from pages to slab parts, a slot for each heap, and the slab parts;</item>
/// <item>data.</item>
/// </list>
/// The pages before the page map are backed as long as the arena exists, and attaching makes sure of it. The pages of the other
/// metadata are backed when they are reserved at creation or first used, see <see cref="MetadataFile"/>.
/// Blocks contain no metadata, so neither allocating nor freeing touches a block. All offsets are 64-bit.
/// </summary>
internal readonly struct ArenaLayout
{
    internal const uint Version = 8;
    internal const int PageShift = 12;

    /// <summary>
    /// Binary logarithms of the size of a region (1 MiB) and of a unit (64 KiB), by which long slabs are found, see
    /// <see cref="SlabMap"/>.
    /// </summary>
    internal const int RegionShift = 20, UnitShift = 16;
    internal const long RegionPages = 1L << (RegionShift - PageShift), UnitPages = 1L << (UnitShift - PageShift);
    internal const long PageBytes = 1L << PageShift;

    /// <summary>Number of process slots. Each attachment takes one.</summary>
    internal const int ProcessCount = 1024;

    /// <summary>Number of heap slots, over all processes.</summary>
    internal const int HeapCount = 4096;

    /// <summary>Maximum number of parts of a slab. The part table ends with this number of spare entries.</summary>
    internal const int MaxSlabParts = 4;

    /// <summary>Alignment of the data in bytes: the size of a huge page.</summary>
    internal const long DataAlignment = 1L << 21;

    private const long CacheLineBytes = 64;

    internal ArenaLayout(long capacityBytes)
    {
        CapacityBytes = (capacityBytes + PageBytes - 1) & -PageBytes;
        PageCount = CapacityBytes >> PageShift;
        PartCount = 1 + (PageCount * MaxSlabParts);

        // All bytes before the page map are reserved at creation. A small arena needs few of them, so they are not spread over
        // pages of their own.
        Processes = ArenaHeader.ByteCount;
        UsedPages = Processes + (ProcessCount * ProcessSlot.ByteCount);
        UsedParts = AlignToCacheLine(UsedPages + (WordCount(PageCount) * sizeof(ulong)));
        FreeParts = AlignToCacheLine(UsedParts + (WordCount(PartCount) * sizeof(ulong)));
        RegionMap = AlignToCacheLine(FreeParts + (WordCount(PartCount + MaxSlabParts) * sizeof(ulong)));
        UnitMap = AlignToCacheLine(RegionMap + (((CapacityBytes >> RegionShift) + 1) * sizeof(uint)));
        PageMap = AlignUp(UnitMap + (((CapacityBytes >> UnitShift) + 1) * sizeof(uint)));
        Heaps = AlignUp(PageMap + (PageCount * sizeof(uint)));
        Parts = AlignUp(Heaps + (HeapCount * HeapSlot.ByteCount));
        Data = (Parts + ((PartCount + MaxSlabParts) * SlabPart.ByteCount) + DataAlignment - 1) & -DataAlignment;
    }

    internal long CapacityBytes { get; }

    internal long PageCount { get; }

    /// <summary>Number of entries in the part table. The first entry of the table stands for "no part" and is never used.</summary>
    internal long PartCount { get; }

    internal long Processes { get; }

    internal long UsedPages { get; }

    internal long UsedParts { get; }

    internal long FreeParts { get; }

    internal long RegionMap { get; }

    internal long UnitMap { get; }

    internal long PageMap { get; }

    internal long Heaps { get; }

    internal long Parts { get; }

    internal long Data { get; }

    internal long TotalBytes => Data + CapacityBytes;

    /// <summary>Returns the number of 64-bit words that hold this many bits.</summary>
    internal static long WordCount(long bitCount) => (bitCount + 63) >> 6;

    private static long AlignToCacheLine(long byteCount) => (byteCount + CacheLineBytes - 1) & -CacheLineBytes;

    private static long AlignUp(long byteCount) => (byteCount + PageBytes - 1) & -PageBytes;
}
