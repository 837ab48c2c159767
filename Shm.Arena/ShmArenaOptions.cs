namespace Shm.Arena;

/// <summary>Options of <see cref="ShmArena.Create(ShmArenaOptions)"/>.</summary>
public sealed record ShmArenaOptions
{
    /// <summary>The least capacity in bytes: 1 MiB.</summary>
    public const long MinCapacityBytes = 1L << 20;

    /// <summary>The greatest capacity in bytes: 1 TiB.</summary>
    public const long MaxCapacityBytes = 1L << 40;

    /// <summary>
    /// Bytes for blocks, from <see cref="MinCapacityBytes"/> to <see cref="MaxCapacityBytes"/>, rounded up to whole pages of
    /// 4 KiB. Metadata is added to that: about 0.2 % at once, and 704 bytes for each 64 blocks when they are first used.
    /// </summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Name of the segment without slash; null for a new name.</summary>
    public string? Name { get; init; }

    /// <summary>Absolute path of a directory on a memory file system; null is /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Reserves every page at creation (fallocate, about 0.3 us per 4 KiB), so that a lack of memory is an error then. This
    /// is the default. Without it the arena may be larger than the machine's memory, a page takes memory when it is first
    /// accessed, and an access for which there is none is a SIGBUS.
    /// </summary>
    public bool Reserve { get; init; } = true;

    /// <summary>Maps every page of data and metadata at creation, so that no access is a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>Advises transparent huge pages. The kernel and the mount options decide whether it has an effect.</summary>
    public bool HugePages { get; init; }
}
