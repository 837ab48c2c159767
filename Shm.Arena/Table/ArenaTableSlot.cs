namespace Shm.Arena;

/// <summary>A directory's slot, as the arena in it knows it: closed before its memory goes, empty once it is gone.</summary>
internal sealed class ArenaTableSlot(ArenaTable directory, int index)
{
    private ShmArena? _arena;

    /// <summary>The arena that lies here, or that is about to be gone; null if there is none.</summary>
    internal ShmArena? Arena => Volatile.Read(ref _arena);

    /// <summary>Its place in the directory.</summary>
    internal int Index => index;

    /// <summary>The id of the arena that was here last.</summary>
    internal uint LatestId { get; private set; }

    /// <summary>Has the addresses of an arena that nobody else knows yet found here, and says that it is here.</summary>
    internal void Open(ShmArena arena)
    {
        LatestId = arena.Id;
        arena.LiesIn(this);
        directory.SetLimit(index, arena.CapacityBytes);
        Volatile.Write(ref _arena, arena);
    }

    /// <summary>Has no address found here from now on.</summary>
    internal void Close() => directory.SetLimit(index, 0);

    /// <summary>Lets the slot be filled again: not before the memory is given back, as a new arena's would be given back with it.</summary>
    internal void Empty() => Volatile.Write(ref _arena, null);
}
