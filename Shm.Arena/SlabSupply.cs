using System.Numerics;

namespace Shm.Arena;

/// <summary>Makes slabs out of free pages and turns them back into pages. The caller holds the supply lock.</summary>
internal unsafe struct SlabSupply(ArenaMemory memory, PageRuns pages)
{
    // A slab takes at most this part of the arena, or a small arena would be one size's alone.
    private const int MaxSlabShare = 64;
    private PageRuns _pages = pages;

    /// <returns>A slab whose blocks are all free and whose listing is the caller's; null if there is no room.</returns>
    internal SlabNode* CreateSlab(int classIndex)
    {
        long blockBytes = SizeClasses.BlockBytes(classIndex);
        int shift = BitOperations.Log2((ulong)blockBytes);
        int largest = Math.Min(shift + 6, Math.Max(ArenaLayout.PageShift, BitOperations.Log2((ulong)memory.CapacityBytes / MaxSlabShare)));
        for (int span = largest; span >= Math.Max(shift + 3, ArenaLayout.PageShift); span--)
        {
            long runPages = 1L << (span - ArenaLayout.PageShift);
            if (Create(runPages, span - ArenaLayout.PageShift, blockBytes, (int)Math.Min(64, (1L << span) / blockBytes), classIndex) is var slab
                && slab != null)
            {
                return slab;
            }
        }

        // Aligned like the blocks of a slab, or a page in the wrong place would cost a block.
        int order = Math.Clamp(BitOperations.TrailingZeroCount(blockBytes) - ArenaLayout.PageShift, 0, ArenaLayout.MaxOrder);
        return Create(PagesOf(blockBytes), order, blockBytes, 1, classIndex);
    }

    /// <returns>A run that is one block, taken; null if there is no room.</returns>
    internal SlabNode* CreateLarge(long byteCount)
    {
        // Aligned to about an eighth of its size, so that its node lies among few others.
        int order = Math.Clamp(BitOperations.Log2((ulong)byteCount) - 3 - ArenaLayout.PageShift, 0, ArenaLayout.MaxOrder);
        long runPages = PagesOf(byteCount);
        SlabNode* slab = Create(runPages, order, runPages << ArenaLayout.PageShift, 1, SlabNode.LargeClass);
        return slab != null ? slab : Create(runPages, 0, runPages << ArenaLayout.PageShift, 1, SlabNode.LargeClass);
    }

    /// <summary>Gives the pages of a slab back, of which the caller holds every block and the listing.</summary>
    internal void Release(SlabNode* slab)
    {
        ref long previous = ref slab->PreviousLive == 0
            ? ref memory.Header->FirstLive : ref memory.Node(slab->PreviousLive)->NextLive;
        previous = slab->NextLive;
        if (slab->NextLive != 0)
        {
            memory.Node(slab->NextLive)->PreviousLive = slab->PreviousLive;
        }

        // Listed stays 1: a late giver-back, between its two steps, must not list a slab that is no more.
        _pages.Release(slab->Start >> ArenaLayout.PageShift, RunPages(slab));
    }

    private SlabNode* Create(long runPages, int order, long blockBytes, int blockCount, int classIndex)
    {
        long page = _pages.Take(runPages, order);
        if (page < 0)
        {
            return null;
        }

        SlabNode* slab = memory.NodeAt(page << ArenaLayout.PageShift, order);
        slab->BlockBytes = blockBytes;
        slab->Reciprocal = (ulong.MaxValue / (ulong)blockBytes) + 1;
        slab->Start = page << ArenaLayout.PageShift;
        (slab->Class, slab->Order, slab->BlockCount) = ((byte)classIndex, (byte)order, (byte)blockCount);
        Volatile.Write(ref slab->Listed, 1);

        long offset = memory.OffsetOf(slab);
        long next = memory.Header->FirstLive;
        (slab->PreviousLive, slab->NextLive) = (0, next);
        if (next != 0)
        {
            memory.Node(next)->PreviousLive = offset;
        }

        memory.Header->FirstLive = offset;
        // Last: from here on blocks are taken. A large block is its creator's and never taken.
        Volatile.Write(ref slab->FreeBits, classIndex == SlabNode.LargeClass ? 0 : slab->AllBits);
        return slab;
    }

    private static long RunPages(SlabNode* slab) =>
        slab->BlockCount == 1 ? PagesOf(slab->BlockBytes) : 1L << slab->Order;

    private static long PagesOf(long byteCount) => (byteCount + ArenaLayout.PageBytes - 1) >> ArenaLayout.PageShift;
}
