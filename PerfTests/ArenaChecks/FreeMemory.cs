using System.Globalization;
using System.Numerics;
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
    /// Allocates, from the calling thread's heap, blocks of each size until it has got all blocks that were free in the slabs of this
    /// process, and frees them. The heap must not create a slab meanwhile. This process may have no other heap in the arena.
    /// </summary>
    /// <returns>Null if the heap finds all free blocks; otherwise the text of the failure.</returns>
    internal static string? FindMissingFromSlabs(ShmArena arena, ArenaMemory memory)
    {
        for (var classIndex = 0; classIndex < SizeClasses.Count; classIndex++)
        {
            var blocks = new List<ShmBlock>();
            var missing = FreeBlocks(memory, classIndex, arena.Member.Token);
            var expected = missing.Count;
            var pages = memory.Header->PagesInUse;
            while (missing.Count > 0 && memory.Header->PagesInUse <= pages
                && arena.TryAllocate(SizeClasses.BlockBytes(classIndex), out var block))
            {
                blocks.Add(block);
                missing.Remove(block.Offset);
            }

            blocks.ForEach(block => arena.Free(block));
            if (missing.Count > 0)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"of {expected} free blocks of {SizeClasses.BlockBytes(classIndex)} bytes in its slabs, the heap finds only "
                    + $"{expected - missing.Count}");
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
    /// Returns the offsets of the free blocks in slabs that have live blocks too. A heap may release an empty slab, and create a larger
    /// one.
    /// </summary>
    private static HashSet<long> FreeBlocks(ArenaMemory memory, int classIndex, uint process)
    {
        var offsets = new HashSet<long>();
        for (long index = 1; index < memory.PartsEverUsed; index++)
        {
            var slab = memory.Parts + index;
            if (slab->State != SlabState.Slab || slab->Class != classIndex || HeapToken.ProcessOf(slab->Owner) != process)
            {
                continue;
            }

            var free = new List<long>();
            var all = 0;
            for (var part = slab; part < slab + slab->PartCount; part++)
            {
                all += ArenaMemory.CountBits(part->AllBlocks);
                for (var bits = part->FreeBlocks(); bits != 0; bits &= bits - 1)
                {
                    free.Add(part->Start + (BitOperations.TrailingZeroCount(bits) * part->BlockBytes));
                }
            }

            offsets.UnionWith(free.Count < all ? free : []);
        }

        return offsets;
    }
}
