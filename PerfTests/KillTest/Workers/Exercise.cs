using Shm.Arena;
using Shm.Core;

namespace PerfTests.KillTest.Workers;

/// <summary>
/// Allocates more blocks of each size than a slab has. After adopting slabs, a worker uses all blocks of these slabs in this
/// way, and detects a block that is allocated twice.
/// </summary>
internal static class Exercise
{
    private const long MaxBytesPerSize = 1L << 20;
    private const int MaxBlocksPerSize = 150;

    private static readonly long[] s_sizes =
    [
        .. Enumerable.Range(0, SizeClasses.IndexOf(1024) + 1).Select(SizeClasses.BlockBytes),
        .. Enumerable.Range(1, 3).Select(pages => pages * 4096L),
        .. Enumerable.Range(14, 6).Select(power => 1L << power),
    ];

    /// <exception cref="KillTestException">A block was overwritten by a write to another block.</exception>
    /// <exception cref="ShmException">A block that was allocated is not live.</exception>
    internal static void Run(ShmArena arena)
    {
        var taken = new List<(ShmBlock Block, ulong Stamp)>();
        var stamp = ulong.MaxValue / 3;
        foreach (var byteCount in s_sizes)
        {
            for (var left = Math.Min(MaxBlocksPerSize, Math.Max(1, MaxBytesPerSize / byteCount)); left > 0; left--)
            {
                if (!arena.TryAllocate(byteCount, out var block))
                {
                    // Other workers may hold the rest of the arena.
                    break;
                }

                BlockPattern.Write(arena, block, ++stamp);
                taken.Add((block, stamp));
            }
        }

        foreach ((var block, var written) in taken)
        {
            BlockPattern.Check(arena, block, written);
            arena.Free(block);
        }
    }
}
