namespace Shm.Arena;

/// <summary>
/// Writes the maps from pages to slabs. A slab is entered by MiB, by 64 KiB or by page, whichever is the coarsest unit
/// that it consists of, so a long slab does not need an entry for each page. An entry of 0 refers to the next finer map.
/// Entries of a released slab stay until another slab takes its pages. The caller holds the supply lock.
/// </summary>
internal sealed unsafe class SlabMap(ArenaMemory memory, MetadataReservation reservation)
{
    /// <summary>Returns the alignment in pages that lets a run be entered by the coarsest unit.</summary>
    internal static long AlignmentFor(long pageCount, long alignment) => Math.Max(alignment, GranuleOf(pageCount));

    /// <summary>Reserves the pages of a slab's entries.</summary>
    /// <returns>False if the file system has no room for them.</returns>
    internal bool TryReserve(long page, long pageCount)
    {
        long granule = GranuleOf(page | pageCount);
        return TryReserve(memory.RegionMap, page, pageCount, ArenaLayout.RegionPages)
            && (granule > ArenaLayout.UnitPages || TryReserve(memory.UnitMap, page, pageCount, ArenaLayout.UnitPages))
            && (granule > 1 || TryReserve(memory.PageMap, page, pageCount, 1));
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

    private bool TryReserve(uint* map, long page, long pageCount, long granule)
    {
        (long first, long count) = Entries(page, pageCount, granule);
        return reservation.TryReserve(map + first, count * sizeof(uint));
    }

    private static (long First, long Count) Entries(long page, long pageCount, long granule) =>
        (page / granule, ((page + pageCount - 1) / granule) - (page / granule) + 1);
}
