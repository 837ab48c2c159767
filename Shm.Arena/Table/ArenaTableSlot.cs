namespace Shm.Arena;

/// <summary>
/// A slot of an arena table. The arena in it closes the slot before its memory is unmapped, and empties the slot after
/// that.
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

    /// <summary>Lets no address in the slot resolve from now on.</summary>
    internal void Close() => table.SetLimit(index, 0);

    /// <summary>Lets the slot be filled again. Only after the memory is unmapped, or a new arena would be unmapped with it.</summary>
    internal void Empty() => _arena = null;
}
