using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Claims pages of metadata from the file system, and maps them, before they are first written: a full file system is
/// an answer then, and no SIGBUS. The caller holds the supply lock, or nobody else has the arena yet.
/// </summary>
internal sealed unsafe class MetadataClaims
{
    /// <summary>At least this much at once, where as much is left: 64 KiB.</summary>
    private const long StepPages = 16;

    private readonly ArenaMemory _memory;
    private readonly Func<long, long, int> _reserve;
    private readonly ulong[] _claimed;
    private readonly long _pageCount;

    /// <param name="memory">The arena.</param>
    /// <param name="reserve">Claims bytes of the file from an offset without mapping them; 0 or the error number.</param>
    internal MetadataClaims(ArenaMemory memory, Func<long, long, int> reserve)
    {
        (_memory, _reserve) = (memory, reserve);
        _pageCount = memory.Layout.Data >> ArenaLayout.PageShift;
        _claimed = new ulong[ArenaLayout.WordCount(_pageCount)];
    }

    /// <returns>False if there is no room for them.</returns>
    internal bool TryClaim(void* start, long byteCount)
    {
        long first = ((nint)start - _memory.AddressOf(0)) >> ArenaLayout.PageShift;
        long last = ((nint)start + (nint)byteCount - 1 - _memory.AddressOf(0)) >> ArenaLayout.PageShift;
        fixed (ulong* words = _claimed)
        {
            var pages = new BitRuns(words, _pageCount);
            for (long page = pages.Next(first, last + 1, inUse: false); page <= last; page = pages.Next(page, last + 1, inUse: false))
            {
                long count = Math.Min(Math.Max(StepPages, last + 1 - page), _pageCount - page);
                if (!TryClaimPages(page, count))
                {
                    return false;
                }

                pages.Mark(page, count, inUse: true);
            }
        }

        return true;
    }

    private bool TryClaimPages(long page, long count)
    {
        long offset = page << ArenaLayout.PageShift;
        long byteCount = count << ArenaLayout.PageShift;
        int errno = SegmentBacking.Populate(_memory.AddressOf(offset), byteCount, readOnly: false);
        return errno == 0 || (errno == Errno.Invalid && _reserve(offset, byteCount) == 0);
    }
}
