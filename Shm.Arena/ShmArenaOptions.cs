namespace Shm.Arena;

/// <summary>Options of <see cref="ShmArena.Create(ShmArenaOptions)"/>.</summary>
public sealed record ShmArenaOptions
{
    /// <summary>The least capacity in bytes: 1 MiB.</summary>
    public const long MinCapacityBytes = 1L << 20;

    /// <summary>The greatest capacity in bytes: 1 TiB.</summary>
    public const long MaxCapacityBytes = 1L << 40;

    /// <summary>
    /// Capacity for blocks in bytes, from <see cref="MinCapacityBytes"/> to <see cref="MaxCapacityBytes"/>, rounded up to whole
    /// pages of 4 KiB. The metadata takes additional memory: about 0.2 % of the capacity from the start, and 704 bytes for each
    /// 64 blocks when they are first used.
    /// </summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Name of the segment, without slash; null generates a name.</summary>
    public string? Name { get; init; }

    /// <summary>Absolute path of a directory on a memory-backed file system; null means /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Reserves every page at creation (fallocate, about 0.3 us per 4 KiB), so that creation fails if memory is short. This is
    /// the default. Without this option, the arena may be larger than the machine's memory. A page then takes memory when it is
    /// first accessed, and the access raises SIGBUS if there is no memory.
    /// </summary>
    public bool Reserve { get; init; } = true;

    /// <summary>Maps all pages of data at creation, so that no access to them causes a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Advises the kernel to use transparent huge pages. The kernel's settings and the mount options decide whether the kernel
    /// uses them.
    /// </summary>
    public bool HugePages { get; init; }
}
