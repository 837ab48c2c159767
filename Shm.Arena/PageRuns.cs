using System.Numerics;

namespace Shm.Arena;

/// <summary>Runs of pages, first fit, by one used-bit per page. The caller holds the arena's supply lock.</summary>
internal unsafe struct PageRuns(ulong* usedBits, long pageCount, long* firstFreePage)
{
    /// <returns>The first page of the run, now in use, or -1.</returns>
    internal long Take(long runPages, long alignmentPages)
    {
        long page = AlignUp(*firstFreePage, alignmentPages);
        while (page <= pageCount - runPages)
        {
            long used = Next(page, page + runPages, used: true);
            if (used == page + runPages)
            {
                Mark(page, runPages, used: true);
                if (page == *firstFreePage)
                {
                    *firstFreePage = Next(page + runPages, pageCount, used: false);
                }

                return page;
            }

            page = AlignUp(Next(used, pageCount, used: false), alignmentPages);
        }

        return -1;
    }

    internal void Release(long page, long runPages)
    {
        Mark(page, runPages, used: false);
        *firstFreePage = Math.Min(*firstFreePage, page);
    }

    /// <summary>The first page in [<paramref name="from"/>, <paramref name="to"/>) of that kind, or <paramref name="to"/>.</summary>
    internal long Next(long from, long to, bool used)
    {
        while (from < to)
        {
            ulong word = usedBits[from >> 6];
            ulong bits = (used ? word : ~word) >> (int)(from & 63);
            if (bits != 0)
            {
                return Math.Min(to, from + BitOperations.TrailingZeroCount(bits));
            }

            from = (from | 63) + 1;
        }

        return to;
    }

    private void Mark(long page, long count, bool used)
    {
        while (count > 0)
        {
            int bit = (int)(page & 63);
            int inWord = (int)Math.Min(count, 64 - bit);
            ulong mask = (ulong.MaxValue >> (64 - inWord)) << bit;
            ref ulong word = ref usedBits[page >> 6];
            word = used ? word | mask : word & ~mask;
            (page, count) = (page + inWord, count - inWord);
        }
    }

    private static long AlignUp(long page, long alignment) => (page + alignment - 1) & -alignment;
}
