using Shm.Core;

namespace Shm.Arena;

/// <summary>Creates arena objects from files.</summary>
internal static class ArenaFactory
{
    /// <summary>Creates an arena.</summary>
    /// <param name="options">Options of the arena.</param>
    /// <param name="slot">Address in an arena table at which the arena's data must begin; 0 accepts any address.</param>
    /// <param name="slotBytes">Size of one slot of the table, in bytes; 0 without a table.</param>
    internal static ShmArena Create(ShmArenaOptions options, nint slot, long slotBytes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CapacityBytes, ShmArenaOptions.MinCapacityBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CapacityBytes, ShmArenaOptions.MaxCapacityBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            options.ReservedBlockBytes, ShmArenaOptions.MinReservedBlockBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            options.ReservedBlockBytes, ShmArenaOptions.MaxReservedBlockBytes, nameof(options));
        Prefaulting.Validate(options.Prefault, options.PrefaultInBackground, options.PrefaultThreads, nameof(options));
        NumaBinding.Validate(options.NumaNode, nameof(options));
        return Join(ArenaFile.Create(options, slot, slotBytes));
    }

    /// <summary>Attaches to an arena, and runs a recovery if one is due.</summary>
    /// <param name="name">Name of the arena.</param>
    /// <param name="options">Options of the attachment.</param>
    /// <param name="slot">Address in an arena table at which the arena's data must begin; 0 accepts any address.</param>
    /// <param name="slotBytes">Size of one slot of the table, in bytes; 0 without a table.</param>
    internal static ShmArena Attach(string name, ShmArenaAttachOptions options, nint slot, long slotBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        Prefaulting.Validate(options.Prefault, options.PrefaultInBackground, options.PrefaultThreads, nameof(options));
        var arena = Join(ArenaFile.Attach(name, options, slot, slotBytes));
        try
        {
            if (arena.IsRecoveryDue())
            {
                arena.Recover();
            }

            return arena;
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    private static ShmArena Join(ArenaFile file)
    {
        try
        {
            return new ShmArena(file);
        }
        catch
        {
            file.Handle.Dispose();
            file.Segment.Dispose();
            throw;
        }
    }
}
