using Shm.Core;

namespace Shm.Arena;

/// <content>Creating and attaching arenas.</content>
public sealed unsafe partial class ShmArena
{
    /// <summary>Creates an arena of the given capacity, with default values for all other options.</summary>
    /// <param name="capacityBytes">See <see cref="ShmArenaOptions.CapacityBytes"/>.</param>
    /// <inheritdoc cref="Create(ShmArenaOptions)"/>
    public static ShmArena Create(long capacityBytes) => Create(new ShmArenaOptions { CapacityBytes = capacityBytes });

    /// <summary>
    /// Creates an arena. The name is removed when the arena is disposed or the process ends; attached processes can still use
    /// the arena.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// <see cref="ShmArenaOptions.Prefault"/> and <see cref="ShmArenaOptions.PrefaultInBackground"/> are both true.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Capacity, reserved block size, number of threads or NUMA node is out of range.
    /// </exception>
    /// <exception cref="ShmException">A system call failed. No file or mapping is left behind.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmArena Create(ShmArenaOptions options) => ArenaFactory.Create(options, 0, 0);

    /// <summary>Attaches to an arena that another process created, and takes back what exited processes held in it.</summary>
    /// <param name="name">The <see cref="Name"/> of the arena.</param>
    /// <param name="options">Options; null means the default options.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="ShmArenaAttachOptions.Prefault"/> and <see cref="ShmArenaAttachOptions.PrefaultInBackground"/> are both true.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ShmArenaAttachOptions.PrefaultThreads"/> is not 0 to 8.</exception>
    /// <exception cref="ShmException">
    /// The segment does not exist, belongs to another user, is not an arena, has another layout version, or is damaged.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmArena Attach(string name, ShmArenaAttachOptions? options = null) =>
        ArenaFactory.Attach(name, options ?? new(), 0, 0);
}
