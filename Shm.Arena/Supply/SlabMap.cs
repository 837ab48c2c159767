namespace Shm.Arena;

/// <summary>
/// Which slab an address is in, by arithmetic: by MiB, by 64 KiB, or by page, whichever is the coarsest that the slab
/// is whole multiples of. So making a long slab does not write an entry for each page. An entry of 0 sends the search on
/// to the next finer map; what an earlier slab left is overwritten by whoever comes to lie there, and not before. The
/// caller holds the supply lock.
/// </summary>
internal sealed unsafe class SlabMap(ArenaMemory memory, MetadataClaims claims)
{
    /// <summary>A run of whole regions or units is put where it can be found by them.</summary>
    internal static long AlignmentFor(long pageCount, long alignment) => Math.Max(alignment, GranuleOf(pageCount));

    /// <returns>False if the file system has no room for the entries.</returns>
    internal bool TryClaim(long page, long pageCount)
    {
        long granule = GranuleOf(page | pageCount);
        return TryClaim(memory.RegionMap, page, pageCount, ArenaLayout.RegionPages)
            && (granule > ArenaLayout.UnitPages || TryClaim(memory.UnitMap, page, pageCount, ArenaLayout.UnitPages))
            && (granule > 1 || TryClaim(memory.PageMap, page, pageCount, 1));
    }

    internal void Write(long page, long pageCount, uint index)
    {
        long granule = GranuleOf(page | pageCount);
        Fill(memory.RegionMap, page, pageCount, ArenaLayout.RegionPages, granule == ArenaLayout.RegionPages ? index : 0);
        KillPoint.Hit(CrashWindow.CreateSlabRegionMapWritten);
        if (granule < ArenaLayout.RegionPages)
        {
            Fill(memory.UnitMap, page, pageCount, ArenaLayout.UnitPages, granule == ArenaLayout.UnitPages ? index : 0);
            KillPoint.Hit(CrashWindow.CreateSlabUnitMapWritten);
        }

        if (granule == 1)
        {
            Fill(memory.PageMap, page, pageCount, 1, index);
        }
    }

    private static long GranuleOf(long pages) =>
        pages % ArenaLayout.RegionPages == 0 ? ArenaLayout.RegionPages : pages % ArenaLayout.UnitPages == 0 ? ArenaLayout.UnitPages : 1;

    private static void Fill(uint* map, long page, long pageCount, long granule, uint index)
    {
        (long first, long count) = Entries(page, pageCount, granule);
        new Span<uint>(map + first, (int)count).Fill(index);
    }

    private bool TryClaim(uint* map, long page, long pageCount, long granule)
    {
        (long first, long count) = Entries(page, pageCount, granule);
        return claims.TryClaim(map + first, count * sizeof(uint));
    }

    private static (long First, long Count) Entries(long page, long pageCount, long granule) =>
        (page / granule, ((page + pageCount - 1) / granule) - (page / granule) + 1);
}
