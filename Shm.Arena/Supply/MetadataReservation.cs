using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Reserves pages of metadata in the file system and maps them before they are first written. If the file system is full, the
/// caller then gets false instead of a SIGBUS. The caller holds the supply lock, or no other process has mapped the arena yet.
/// </summary>
internal sealed unsafe class MetadataReservation
{
    /// <summary>Minimum number of pages that one call reserves: 16 (64 KiB), or fewer at the end of the metadata.</summary>
    private const long StepPages = 16;

    private readonly ArenaMemory _memory;
    private readonly Func<long, long, int> _reserve;
    private readonly ulong[] _reserved;
    private readonly long _pageCount;

    /// <param name="memory">Memory of the arena.</param>
    /// <param name="reserve">Reserves bytes of the file from an offset without mapping them; returns 0 or the error number.</param>
    internal MetadataReservation(ArenaMemory memory, Func<long, long, int> reserve)
    {
        (_memory, _reserve) = (memory, reserve);
        _pageCount = memory.Layout.Data >> ArenaLayout.PageShift;
        _reserved = new ulong[ArenaLayout.WordCount(_pageCount)];
    }

    /// <summary>Reserves those pages of a range that this process has not reserved yet.</summary>
    /// <returns>False if the file system has no room for the pages.</returns>
    internal bool TryReserve(void* start, long byteCount)
    {
        long first = ((nint)start - _memory.AddressOf(0)) >> ArenaLayout.PageShift;
        long last = ((nint)start + (nint)byteCount - 1 - _memory.AddressOf(0)) >> ArenaLayout.PageShift;
        fixed (ulong* words = _reserved)
        {
            var pages = new BitRuns(words, _pageCount);
            for (var page = pages.Next(first, last + 1, inUse: false); page <= last; page = pages.Next(page, last + 1, inUse: false))
            {
                var count = Math.Min(Math.Max(StepPages, last + 1 - page), _pageCount - page);
                if (!TryReservePages(page, count))
                {
                    return false;
                }

                pages.Mark(page, count, inUse: true);
            }
        }

        return true;
    }

    private bool TryReservePages(long page, long count)
    {
        var offset = page << ArenaLayout.PageShift;
        var byteCount = count << ArenaLayout.PageShift;
        var errno = SegmentBacking.Populate(_memory.AddressOf(offset), byteCount, readOnly: false);
        return errno == 0 || (errno == Errno.Invalid && _reserve(offset, byteCount) == 0);
    }
}
