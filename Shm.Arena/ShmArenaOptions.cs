namespace Shm.Arena;

/// <summary>How to create an arena. What else is limited stands at <see cref="ShmArena"/>.</summary>
public sealed record ShmArenaOptions
{
    /// <summary>The least capacity in bytes: 1 MiB.</summary>
    public const long MinCapacityBytes = 1L << 20;

    /// <summary>The greatest capacity in bytes: 1 TiB.</summary>
    public const long MaxCapacityBytes = 1L << 40;

    /// <summary>
    /// Bytes for blocks, from <see cref="MinCapacityBytes"/> to <see cref="MaxCapacityBytes"/>, rounded up to whole
    /// pages of 4 KiB. Metadata comes on top: some 0.2 % at once, and 704 bytes for each 64 blocks when they are first
    /// used.
    /// </summary>
    public required long CapacityBytes { get; init; }

    /// <summary>The segment's name without slash; by default a new one of this process.</summary>
    public string? Name { get; init; }

    /// <summary>The absolute path of a directory on a file system of memory; null is /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Claims every page at creation (fallocate, some 0.3 us per 4 KiB), which is the default: memory that is not there
    /// is an error then. Without it the arena may be larger than the machine's memory, a page costs memory once it is
    /// touched, and a touch for which there is none kills the process with SIGBUS.
    /// </summary>
    public bool Reserve { get; init; } = true;

    /// <summary>Maps every page of data and metadata at creation, so that no touch is a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>Advises transparent huge pages; whether it has an effect is up to the kernel and the mount options.</summary>
    public bool HugePages { get; init; }
}
