using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>The trace, served by an arena.</summary>
public class ArenaTraceReplayScenario : TraceReplayScenario
{
    private const int ArenaBlocks = 2 * CapacityBlocks;

    /// <summary>The arena's capacity, in bytes.</summary>
    public const long CapacityBytes = ArenaBlocks * BlockSize.OneMebibyte;

    /// <summary>Bytes that are written to: the first page of each block that the arena has room for.</summary>
    public const long WrittenBytes = ArenaBlocks * BlockSize.OnePage;

    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator()
    {
        var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Reserve = false });
        try
        {
            ClaimFirstPages(arena);
            return arena;
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    /// <summary>Has every page that the replay writes to: to reserve the whole arena would take 128 MiB a copy.</summary>
    private static void ClaimFirstPages(ShmArena arena)
    {
        var blocks = new List<ShmBlock>();
        while (arena.TryAllocate(BlockSize.OneMebibyte, out var block))
        {
            blocks.Add(block);
            SharedMemoryClaim.Claim(arena.GetAddress(block), BlockSize.OnePage);
        }

        blocks.ForEach(block => arena.Free(block));
    }
}
