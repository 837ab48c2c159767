using System.Numerics;

namespace Shm.Arena;

/// <summary>Runs of pages, first fit, by one used-bit per page. The caller holds the arena's supply lock.</summary>
internal unsafe struct PageRuns(ulong* usedBits, long pageCount, long* firstFreePage)
{
    /// <returns>The first page of the run, a multiple of 2^<paramref name="order"/> and now in use, or -1.</returns>
    internal long Take(long runPages, int order)
    {
        // A hint holds for runs of its order's length, and order 0's ("no page below is free") for any run.
        bool isWholeOrder = runPages == 1L << order;
        long page = Find(runPages, 1L << order, firstFreePage[isWholeOrder ? order : 0]);
        if (isWholeOrder)
        {
            firstFreePage[order] = page < 0 ? pageCount : page + runPages;
        }

        if (page >= 0)
        {
            Mark(page, runPages, used: true);
        }

        return page;
    }

    internal void Release(long page, long runPages)
    {
        Mark(page, runPages, used: false);
        for (int order = 0; order <= ArenaLayout.MaxOrder; order++)
        {
            firstFreePage[order] = Math.Min(firstFreePage[order], page & -(1L << order));
        }
    }

    private long Find(long runPages, long alignmentPages, long from)
    {
        long page = AlignUp(from, alignmentPages);
        while (page <= pageCount - runPages)
        {
            long used = Next(page, page + runPages, used: true);
            if (used == page + runPages)
            {
                return page;
            }

            page = AlignUp(Next(used, pageCount, used: false), alignmentPages);
        }

        return -1;
    }

    /// <summary>The first page in [<paramref name="from"/>, <paramref name="to"/>) of that kind, or <paramref name="to"/>.</summary>
    private long Next(long from, long to, bool used)
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
