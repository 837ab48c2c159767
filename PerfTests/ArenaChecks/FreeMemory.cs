using System.Globalization;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.ArenaChecks;

/// <summary>Checks that free memory of an arena can be allocated. No other thread may use the arena meanwhile.</summary>
internal static unsafe class FreeMemory
{
    /// <summary>
    /// Asks for the whole arena from a new heap. Call this when every block is free, and before a recovery, which would heal what
    /// the check should find. Other heaps may be open, and their threads may sleep.
    /// </summary>
    /// <returns>Null if the whole arena can be allocated as one block; otherwise the text of the failure.</returns>
    internal static string? FindMissingFromWhole(ShmArena arena)
    {
        using var heap = arena.OpenHeap();
        if (heap.TryAllocate(arena.CapacityBytes, out var whole))
        {
            heap.Free(whole);
            return null;
        }

        var statistics = arena.GetStatistics();
        return string.Create(CultureInfo.InvariantCulture,
            $"the arena cannot be allocated as one block; number of live blocks: {statistics.LiveBlockCount}; {statistics}");
    }

    /// <summary>
    /// Allocates, from the calling thread's heap, as many blocks of each size as are free in the slabs of this process, and frees
    /// them. The heap must find all of them before it creates a slab. This process may have no other heap in the arena.
    /// </summary>
    /// <returns>Null if the heap finds all free blocks; otherwise the text of the failure.</returns>
    internal static string? FindMissingFromSlabs(ShmArena arena, ArenaMemory memory)
    {
        for (var classIndex = 0; classIndex < SizeClasses.Count; classIndex++)
        {
            var blocks = new List<ShmBlock>();
            var expected = CountFreeBlocks(memory, classIndex, arena.Member.Token);
            var pagesBefore = memory.Header->PagesInUse;
            while (blocks.Count < expected && memory.Header->PagesInUse <= pagesBefore
                && arena.TryAllocate(SizeClasses.BlockBytes(classIndex), out var block))
            {
                blocks.Add(block);
            }

            var isNewSlab = memory.Header->PagesInUse > pagesBefore;
            blocks.ForEach(block => arena.Free(block));
            if (isNewSlab || blocks.Count < expected)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"of {expected} free blocks of {SizeClasses.BlockBytes(classIndex)} bytes in its slabs, the heap finds only "
                    + $"{blocks.Count - (isNewSlab ? 1 : 0)}");
            }
        }

        return null;
    }

    /// <summary>
    /// Looks for free memory that an allocation should have found. Call this after an allocation found no room.
    /// </summary>
    /// <param name="memory">Memory of the arena.</param>
    /// <param name="classIndex">Size class of the block that was requested; -1 for a large block.</param>
    /// <returns>Null if there is none; otherwise the text of the failure.</returns>
    internal static string? FindOverlooked(ArenaMemory memory, int classIndex)
    {
        var count = memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            var slab = memory.Parts + index;
            (var free, var all) = (0, 0);
            for (var part = 0; slab->State == SlabState.Slab && part < slab->PartCount; part++)
            {
                free += ArenaMemory.CountBits(slab[part].FreeBlocks());
                all += ArenaMemory.CountBits(slab[part].AllBlocks);
            }

            if (free != 0 && (free == all || slab->Class == classIndex))
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"an allocation found no room, but {free} of {all} blocks of {slab->BlockBytes} bytes in slab {index} are free");
            }
        }

        return null;
    }

    /// <summary>
    /// Counts the free blocks in slabs that have live blocks too. A heap may release an empty slab, and create a larger one.
    /// </summary>
    private static int CountFreeBlocks(ArenaMemory memory, int classIndex, uint process)
    {
        var count = 0;
        for (long index = 1; index < memory.PartsEverUsed; index++)
        {
            var slab = memory.Parts + index;
            (var free, var all) = (0, 0);
            for (var part = 0; slab->State == SlabState.Slab && slab->Class == classIndex && part < slab->PartCount; part++)
            {
                free += ArenaMemory.CountBits(slab[part].FreeBlocks());
                all += ArenaMemory.CountBits(slab[part].AllBlocks);
            }

            count += HeapToken.ProcessOf(slab->Owner) == process && free < all ? free : 0;
        }

        return count;
    }
}
