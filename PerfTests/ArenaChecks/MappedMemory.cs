using Shm.Arena;
using Shm.Core;

namespace PerfTests.ArenaChecks;

/// <summary>Gives access to the memory of an arena that this process has mapped.</summary>
internal static class MappedMemory
{
    internal static ArenaMemory Of(ShmArena arena)
    {
        // Only the address of the data is public. The layout gives the other addresses relative to it.
        var layout = new ArenaLayout(arena.CapacityBytes);
        return Of(arena.Name, arena.BaseAddress - (nint)layout.Data, layout);
    }

    internal static ArenaMemory Of(ShmSegment raw, long capacityBytes) => Of(raw.Name, raw.Address, new ArenaLayout(capacityBytes));

    private static ArenaMemory Of(string name, nint start, ArenaLayout layout) =>
        new(start, layout, File.OpenHandle($"/dev/shm/{name}", access: FileAccess.ReadWrite, share: FileShare.ReadWrite));
}
