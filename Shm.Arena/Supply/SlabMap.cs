namespace Shm.Arena;

/// <summary>
/// Writes the maps from pages to slabs. A slab is entered in the map of the coarsest unit (1 MiB, 64 KiB or a page) that
/// divides both its start and its length, so a long slab does not need an entry for each page. An entry of 0 refers to the next
/// finer map. Entries of a released slab stay until another slab takes its pages. The caller holds the supply lock.
/// </summary>
internal sealed unsafe class SlabMap(ArenaMemory memory)
{
    /// <summary>Returns the alignment in pages at which a run of this length can be entered in the map of the coarsest unit.</summary>
    internal static long AlignmentFor(long pageCount, long alignment) => Math.Max(alignment, GranuleOf(pageCount));

    /// <summary>Backs the entries of a slab.</summary>
    /// <returns>False if the file system has no room for the pages.</returns>
    internal bool TryBack(long page, long pageCount) =>
        GranuleOf(page | pageCount) > 1 || memory.BackedMap.TryBack(page, pageCount);

    internal void Write(long page, long pageCount, uint index)
    {
        var granule = GranuleOf(page | pageCount);
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
        (var first, var count) = Entries(page, pageCount, granule);
        new Span<uint>(map + first, (int)count).Fill(index);
    }

    private static (long First, long Count) Entries(long page, long pageCount, long granule) =>
        (page / granule, ((page + pageCount - 1) / granule) - (page / granule) + 1);
}
