using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Pages of the page map that this process knows to be backed. In an arena that is not reserved, a page of the map is backed
/// when the first slab needs it, so the map has holes.
/// </summary>
internal sealed class BackedPageMap
{
    /// <summary>Binary logarithm of the number of entries of the map in a page.</summary>
    private const int EntryShift = ArenaLayout.PageShift - 2;

    private readonly MetadataFile _file;
    private readonly long _start;
    private readonly long _pageCount;

    // Bit n is set if page n of the map is backed. Threads set bits at any time; no thread clears a bit.
    private readonly ulong[] _backed;

    internal BackedPageMap(MetadataFile file, ArenaLayout layout)
    {
        (_file, _start, _pageCount) = (file, layout.PageMap, ((layout.PageCount - 1) >> EntryShift) + 1);
        _backed = new ulong[ArenaLayout.WordCount(_pageCount)];
    }

    /// <summary>Returns true if this process knows that the entry of a page of data is backed.</summary>
    /// <param name="page">Number of a page of the arena's data.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Contains(long page) => IsBacked(page >> EntryShift);

    /// <summary>Finds out if the entry of a page of data is backed, without allocating a page.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Confirm(long page)
    {
        var first = page >> EntryShift;
        var end = (Math.Min(_file.BackedEnd(OffsetOf(first)), OffsetOf(_pageCount)) - _start) >> ArenaLayout.PageShift;
        Mark(first, end);
        return first < end;
    }

    /// <summary>Backs the entries of a run of pages of data.</summary>
    /// <returns>False if the file system has no room for the pages.</returns>
    internal bool TryBack(long page, long pageCount)
    {
        var last = (page + pageCount - 1) >> EntryShift;
        for (var first = page >> EntryShift; first <= last; first++)
        {
            if (!IsBacked(first))
            {
                if (_file.Back(OffsetOf(first), (last + 1 - first) << ArenaLayout.PageShift) != 0)
                {
                    return false;
                }

                Mark(first, last + 1);
            }
        }

        return true;
    }

    private bool IsBacked(long page) => (Volatile.Read(ref _backed[page >> 6]) >> (int)page & 1) != 0;

    private long OffsetOf(long page) => _start + (page << ArenaLayout.PageShift);

    private void Mark(long first, long end)
    {
        for (; first < end; first++)
        {
            Interlocked.Or(ref _backed[first >> 6], 1UL << (int)first);
        }
    }
}
