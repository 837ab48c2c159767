namespace Shm.Arena;

/// <summary>How to create an arena.</summary>
public sealed record ShmArenaOptions
{
    /// <summary>The least capacity in bytes: 1 MiB.</summary>
    public const long MinCapacityBytes = 1L << 20;

    /// <summary>The greatest capacity in bytes: 1 TiB.</summary>
    public const long MaxCapacityBytes = 1L << 40;

    /// <summary>
    /// Bytes for blocks, from <see cref="MinCapacityBytes"/> to <see cref="MaxCapacityBytes"/>, rounded up to whole
    /// pages of 4 KiB. May exceed the machine's memory: a page costs memory only once it is touched.
    /// </summary>
    public required long CapacityBytes { get; init; }

    /// <summary>The segment's name without slash; by default a new one of this process.</summary>
    public string? Name { get; init; }
}
