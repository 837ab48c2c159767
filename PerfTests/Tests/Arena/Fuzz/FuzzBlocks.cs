using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Allocates the blocks of an arena that is damaged later.</summary>
internal static unsafe class FuzzBlocks
{
    /// <summary>Number of parts in the 64 KiB of parts that an arena allocates first, without the spare parts at their end.</summary>
    private const int PartsOfFirstStep = ((64 << 10) / SlabPart.ByteCount) - ArenaLayout.MaxSlabParts;

    /// <summary>
    /// Uses all slab parts that are allocated in the file system, so that the next slab needs further pages. The blocks are
    /// offered, since recovery frees the other blocks of processes that have exited.
    /// </summary>
    internal static void UseAllocatedParts(ShmArena creator, string directory)
    {
        using var raw = ShmSegment.Open(creator.Name, 1, new ShmSegmentOpenOptions { Directory = directory });
        var header = (ArenaHeader*)raw.Address;
        while (header->ReadPartsEverUsed() + ArenaLayout.MaxSlabParts <= PartsOfFirstStep)
        {
            creator.Offer(creator.Allocate(SizeClasses.MinBlockBytes));
        }
    }

    /// <summary>Allocates, frees and offers blocks, by two processes.</summary>
    internal static List<ShmBlock> Fill(ShmArena creator, ShmArena peer)
    {
        // Few sizes are used, because the slab of each size takes 64 KiB of the arena's 1 MiB.
        ReadOnlySpan<long> sizes = [16, 700, 24, 3_000, 100, 100, 20_000, 100];
        var blocks = new List<ShmBlock>();
        for (var count = 0; count < 120; count++)
        {
            blocks.Add(ProcessOf(count).Allocate(sizes[count % (count < 40 ? sizes.Length : 6)]));
        }

        for (var count = 0; count < blocks.Count; count += 3)
        {
            ProcessOf(count + 1).Free(blocks[count]);
            if (count + 1 < blocks.Count && count % 4 == 0)
            {
                creator.Offer(blocks[count + 1]);
            }
        }

        blocks.Add(creator.AllocateAligned(100_000, 65_536));
        return blocks;

        ShmArena ProcessOf(int count) => count % 8 < 5 ? creator : peer;
    }
}
