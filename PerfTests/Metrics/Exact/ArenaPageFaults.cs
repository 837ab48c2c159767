using System.Globalization;
using PerfTests.Machine;
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

    /// <summary>What a batch of blocks takes at most; the arena has twice that.</summary>
    private const long MostBatchBytes = 16L << 20;

    private const int Attempts = 3;

    /// <summary>Resources that counting takes: the arena is mapped as a whole.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.SparseArena(2 * MostBatchBytes, 2 * MostBatchBytes);

    /// <summary>Blocks of slabs, one after another of small, middle and large ones.</summary>
    public static (double Value, string Detail) OfSlabs() => PerOperation(64, 100, 700, 4096, 9000, 70_000, 300_000, 2 << 20);

    /// <summary>Blocks that are too large for slabs.</summary>
    public static (double Value, string Detail) OfLarge() => PerOperation(3_000_000);

    /// <summary>Counts the faults of batches of blocks, freed in random order, after as many to warm up.</summary>
    /// <param name="byteCounts">Sizes of blocks in bytes; a batch takes them in turn.</param>
    /// <param name="prefault">Whether the arena is mapped beforehand; without it faults must be seen.</param>
    /// <param name="touch">Whether the first byte of each block is written.</param>
    public static long Count(IReadOnlyList<long> byteCounts, bool prefault = true, bool touch = true)
    {
        ArgumentNullException.ThrowIfNull(byteCounts);
        var batchBlocks = (int)Math.Min(BatchBlocks, MostBatchBytes / (long)byteCounts.Average());
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = 2 * MostBatchBytes, Prefault = prefault });
        long[] sizes = [.. byteCounts];
        var blocks = new ShmBlock[batchBlocks];
        int[] order = [.. Enumerable.Range(0, batchBlocks)];
        new Random(5).Shuffle(order);

        if (prefault)
        {
            Run(arena, sizes, blocks, order, touch);
        }

        var before = PageFaults.OfThisThread();
        Run(arena, sizes, blocks, order, touch);
        return PageFaults.OfThisThread() - before;
    }

    /// <summary>
    /// The least of a few times: what the kernel takes away to move it elsewhere is mapped again by a fault, and is no
    /// fault of the operation's. That comes at every time.
    /// </summary>
    private static (double Value, string Detail) PerOperation(params long[] byteCounts)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            least = Math.Min(least, Count(byteCounts));
        }

        return ((double)least / Operations, FormattableString.Invariant($"{least:N0} in {Operations:N0} operations on blocks of {string.Join(", ", byteCounts.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} B"));
    }

    private static unsafe void Run(ShmArena arena, long[] sizes, ShmBlock[] blocks, int[] order, bool touch)
    {
        for (var operation = 0; operation < Operations; operation += 2 * blocks.Length)
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
