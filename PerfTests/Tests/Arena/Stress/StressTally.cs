using Shm.Arena;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>
/// Counts the live blocks of a few sizes that each thread has allocated, whoever frees them. From the greatest counts follows how
/// many bytes the slabs may have at most.
/// </summary>
internal sealed class StressTally(long[] sizes, int threadCount)
{
    private readonly int[,] _live = new int[threadCount, sizes.Length];
    private readonly int[,] _most = new int[threadCount, sizes.Length];

    internal long[] Sizes => sizes;

    /// <summary>Counts a block after the thread has allocated it.</summary>
    internal void Add(int thread, long byteCount)
    {
        var size = Array.IndexOf(sizes, byteCount);
        _most[thread, size] = Math.Max(_most[thread, size], Interlocked.Increment(ref _live[thread, size]));
    }

    /// <summary>Counts a block after any thread has freed it.</summary>
    internal void Remove(int thread, long byteCount) => Interlocked.Decrement(ref _live[thread, Array.IndexOf(sizes, byteCount)]);

    /// <summary>
    /// Returns the greatest number of bytes that slabs may have. A heap creates a slab only if all blocks of that size in its
    /// slabs are live. So the slabs of a size are at most one slab larger than the peak of the thread's live blocks.
    /// </summary>
    internal long MostClaimedBytes(ShmArena arena)
    {
        long bytes = 0;
        for (var size = 0; size < sizes.Length; size++)
        {
            var blockBytes = SizeClasses.BlockBytes(SizeClasses.IndexOf(sizes[size]));
            var slabPages = SlabShape.For(blockBytes, arena.CapacityBytes / 128 >> ArenaLayout.PageShift).PageCount;
            for (var thread = 0; thread < threadCount; thread++)
            {
                var maxBytes = _most[thread, size] * blockBytes;
                var slabBytes = (long)slabPages << ArenaLayout.PageShift;
                bytes += maxBytes + slabBytes;
            }
        }

        return bytes;
    }

    /// <summary>Returns the sum of the greatest numbers of bytes that each thread had live, whenever that was.</summary>
    internal long MaxLiveBytes()
    {
        long bytes = 0;
        for (var size = 0; size < sizes.Length; size++)
        {
            for (var thread = 0; thread < threadCount; thread++)
            {
                bytes += _most[thread, size] * sizes[size];
            }
        }

        return bytes;
    }
}
