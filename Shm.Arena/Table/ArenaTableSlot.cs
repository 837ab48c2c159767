namespace Shm.Arena;

/// <summary>
/// Slot of an arena table. When the arena in the slot is disposed, it closes the slot before its memory is unmapped, and
/// empties the slot afterwards.
/// </summary>
internal sealed class ArenaTableSlot(ArenaTable table, int index)
{
    private volatile ShmArena? _arena;

    /// <summary>The arena in the slot, also while it is being disposed; null if there is none.</summary>
    internal ShmArena? Arena => _arena;

    /// <summary>Index of the slot in the table.</summary>
    internal int Index => index;

    /// <summary>Id of the last arena in the slot.</summary>
    internal uint LatestId { get; private set; }

    /// <summary>Fills the slot: addresses of the arena resolve from now on.</summary>
    internal void Open(ShmArena arena)
    {
        LatestId = arena.Id;
        arena.SetSlot(this);
        table.SetLimit(index, arena.CapacityBytes);
        _arena = arena;
    }

    /// <summary>Closes the slot: no address in it resolves from now on.</summary>
    internal void Close() => table.SetLimit(index, 0);

    /// <summary>
    /// Empties the slot, so that it can be filled again. Call this after the arena's memory is unmapped. If a new arena filled
    /// the slot earlier, the new arena would be unmapped too.
    /// </summary>
    internal void Empty() => _arena = null;
}
