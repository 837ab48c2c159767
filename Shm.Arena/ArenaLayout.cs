using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// The memory map: header, one line per size class, one used-bit per page, one table of slab nodes per order, data.
/// A node of order k describes a run of pages that starts at a multiple of 2^k pages, and is found by shifting the
/// run's offset: nodes of long runs lie close together, so that filling an arena touches little metadata.
/// </summary>
internal readonly struct ArenaLayout
{
    internal const int PageShift = 12;
    internal const long PageBytes = 1L << PageShift;
    internal const int MaxOrder = 15;
    internal const long ClassLineBytes = 64;
    internal const long HeaderBytes = PageBytes;

    internal ArenaLayout(long capacityBytes)
    {
        CapacityBytes = (capacityBytes + PageBytes - 1) & -PageBytes;
        PageCount = CapacityBytes >> PageShift;
        ClassLines = HeaderBytes;
        UsedBits = AlignUp(ClassLines + (SizeClasses.Count * ClassLineBytes));
        long end = AlignUp(UsedBits + ((PageCount + 63) / 64 * 8));
        NodeTables = end;
        for (int order = 0; order <= MaxOrder; order++)
        {
            end += NodeTableBytes(order);
        }

        // Data at a multiple of 2 MiB can be backed by huge pages.
        Data = (end + (1L << 21) - 1) & -(1L << 21);
    }

    internal long CapacityBytes { get; }

    internal long PageCount { get; }

    internal long ClassLines { get; }

    internal long UsedBits { get; }

    internal long NodeTables { get; }

    internal long Data { get; }

    internal long TotalBytes => Data + CapacityBytes;

    internal long NodeTableBytes(int order) => AlignUp((((PageCount - 1) >> order) + 1) * SlabNode.ByteCount);

    private static long AlignUp(long byteCount) => (byteCount + PageBytes - 1) & -PageBytes;
}

/// <summary>The arena's first page.</summary>
[StructLayout(LayoutKind.Explicit, Size = (int)ArenaLayout.HeaderBytes)]
internal unsafe struct ArenaHeader
{
    /// <summary>The stand-in for "no slab": its bitmap is always empty, so the fast path needs no null check.</summary>
    [FieldOffset(1024)] internal SlabNode NoSlab;

    /// <summary>All live slabs and runs, linked through their nodes (offsets from the arena's start; 0 ends it).</summary>
    [FieldOffset(64)] internal long FirstLive;

    /// <summary>For each order, a page below which no free run of that length and alignment starts.</summary>
    [FieldOffset(256)] internal fixed long FirstFreePage[ArenaLayout.MaxOrder + 1];

    /// <summary>Where each order's node table starts.</summary>
    [FieldOffset(128)] internal fixed long NodeTable[ArenaLayout.MaxOrder + 1];
}

/// <summary>What allocating threads share of a size class, on a cache line of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = (int)ArenaLayout.ClassLineBytes)]
internal struct ClassLine
{
    /// <summary>The node of the slab that blocks are taken from, as offset from the arena's start.</summary>
    [FieldOffset(0)] internal long Current;

    /// <summary>Top of the stack of slabs with free blocks; 0 if empty.</summary>
    [FieldOffset(8)] internal long FirstPartial;
}
