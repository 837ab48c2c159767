namespace Shm.Arena;

/// <summary>Pages of an arena, counted at one moment under the supply lock.</summary>
/// <param name="FreeRunCount">Number of runs of free pages.</param>
/// <param name="FreePageCount">Number of free pages.</param>
/// <param name="LongestFreeRun">Number of pages in the longest run of free pages.</param>
/// <param name="PagesInUse">Number of pages in slabs and large blocks.</param>
/// <param name="PeakPagesInUse">Highest number of pages ever in use.</param>
internal readonly record struct SupplyCounts(
    long FreeRunCount, long FreePageCount, long LongestFreeRun, long PagesInUse, long PeakPagesInUse);
