using Shm.Arena;

namespace PerfTests.Tests.Arena;

/// <summary>Creates arenas whose memory is not reserved, so that a test that touches few blocks takes little of /dev/shm.</summary>
internal static class SparseArena
{
    /// <summary>
    /// Number of live blocks for which <see cref="Create"/> requires metadata. A test with more blocks must itself call
    /// <see cref="Requires.ArenaMetadata"/>.
    /// </summary>
    private const long FewBlocks = 100;

    /// <summary>Creates an arena, or skips the calling test if /dev/shm has no room for its metadata.</summary>
    /// <param name="capacityBytes">Capacity of the arena.</param>
    public static ShmArena Create(long capacityBytes)
    {
        Requires.ArenaMetadata(capacityBytes, FewBlocks);
        return ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false });
    }
}
