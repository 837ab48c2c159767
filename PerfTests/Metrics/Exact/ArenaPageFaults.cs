using PerfTests.Measurement.Sampling;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Exact;

/// <summary>
/// Page faults of a thread that allocates and frees in an arena that was mapped beforehand, counted by the kernel. Must
/// be none: free blocks are never touched, and metadata is mapped before it is used.
/// </summary>
public static class ArenaPageFaults
{
    /// <summary>Operations that are counted: half allocate, half free.</summary>
    public const int Operations = 100_000;

    private const int BatchBlocks = 256;

    /// <summary>Counts the faults of batches of 256 blocks, freed in random order, after as many to warm up.</summary>
    /// <param name="byteCounts">Sizes of blocks in bytes; a batch takes them in turn.</param>
    /// <param name="prefault">Whether the arena is mapped beforehand; without it faults must be seen.</param>
    /// <param name="touch">Whether the first byte of each block is written.</param>
    public static long Count(IReadOnlyList<long> byteCounts, bool prefault = true, bool touch = true)
    {
        ArgumentNullException.ThrowIfNull(byteCounts);
        var capacityBytes = Math.Max(64L << 20, 2 * BatchBlocks * byteCounts.Max());
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Prefault = prefault });
        long[] sizes = [.. byteCounts];
        var blocks = new ShmBlock[BatchBlocks];
        int[] order = [.. Enumerable.Range(0, BatchBlocks)];
        new Random(5).Shuffle(order);

        if (prefault)
        {
            Run(arena, sizes, blocks, order, touch);
        }

        var before = PageFaults.OfThisThread();
        Run(arena, sizes, blocks, order, touch);
        return PageFaults.OfThisThread() - before;
    }

    private static unsafe void Run(ShmArena arena, long[] sizes, ShmBlock[] blocks, int[] order, bool touch)
    {
        for (var operation = 0; operation < Operations; operation += 2 * BatchBlocks)
        {
            for (var index = 0; index < blocks.Length; index++)
            {
                blocks[index] = arena.Allocate(sizes[index % sizes.Length]);
                if (touch)
                {
                    *(byte*)arena.GetAddress(blocks[index]) = (byte)index;
                }
            }

            foreach (var index in order)
            {
                arena.Free(blocks[index]);
            }
        }
    }
}
