using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>
/// Allocates more blocks of each size than a slab has, so that what a worker has just adopted is used to the last
/// block, and finds out whether one was handed out twice.
/// </summary>
internal static class Exercise
{
    private const long MostBytesPerSize = 1L << 20;
    private const int MostBlocksPerSize = 150;

    private static readonly long[] s_sizes =
    [
        .. Enumerable.Range(0, SizeClasses.IndexOf(1024) + 1).Select(SizeClasses.BlockBytes),
        .. Enumerable.Range(1, 3).Select(pages => pages * 4096L),
        .. Enumerable.Range(14, 6).Select(power => 1L << power),
    ];

    /// <exception cref="KillTestException">A block is another's too.</exception>
    /// <exception cref="ShmException">A block that was handed out is none.</exception>
    internal static void Run(ShmArena arena)
    {
        var taken = new List<(ShmBlock Block, ulong Stamp)>();
        ulong stamp = ulong.MaxValue / 3;
        foreach (long byteCount in s_sizes)
        {
            for (long left = Math.Min(MostBlocksPerSize, Math.Max(1, MostBytesPerSize / byteCount)); left > 0; left--)
            {
                if (!arena.TryAllocate(byteCount, out ShmBlock block))
                {
                    // The others may hold the rest.
                    break;
                }

                BlockPattern.Write(arena, block, ++stamp);
                taken.Add((block, stamp));
            }
        }

        foreach ((ShmBlock block, ulong written) in taken)
        {
            BlockPattern.Check(arena, block, written);
            arena.Free(block);
        }
    }
}
