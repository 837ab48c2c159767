namespace Shm.Arena;

/// <summary>What an arena holds at a moment; a snapshot that need not add up while others work on.</summary>
public sealed record ArenaStatistics
{
    /// <summary>Bytes for blocks.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Bytes in live blocks, each counted as its size class's.</summary>
    public required long UsedBytes { get; init; }

    /// <summary>Live blocks.</summary>
    public required long LiveBlockCount { get; init; }

    /// <summary>Of these, blocks that are on their way to another process.</summary>
    public required long OfferedBlockCount { get; init; }

    /// <summary>Bytes in slabs and large blocks: what other size classes can't use.</summary>
    public required long ClaimedBytes { get; init; }

    /// <summary>The most there ever were of <see cref="ClaimedBytes"/>: the high-water mark.</summary>
    public required long MostClaimedBytes { get; init; }

    /// <summary>Bytes in free blocks of slabs.</summary>
    public required long FreeBytesInSlabs { get; init; }

    /// <summary>Runs of free pages.</summary>
    public required long FreeRunCount { get; init; }

    /// <summary>The longest of them, in bytes: the largest block that there is room for without freeing one.</summary>
    public required long LongestFreeRunBytes { get; init; }

    /// <summary>Allocations that found no room.</summary>
    public required long FailureCount { get; init; }

    /// <summary>Times that a process left or was found dead.</summary>
    public required long DepartureCount { get; init; }

    /// <summary>Size classes that have slabs, and the large blocks as the last, by block size.</summary>
    public required IReadOnlyList<ArenaClassStatistics> Classes { get; init; }
}

/// <summary>One size class of an arena.</summary>
/// <param name="BlockBytes">Bytes of each block; 0 for the large blocks, which differ.</param>
/// <param name="SlabCount">Slabs of the class; for large blocks their number.</param>
/// <param name="BlockCount">Blocks in these slabs, live and free.</param>
/// <param name="LiveBlockCount">Live blocks.</param>
/// <param name="UsedBytes">Bytes in live blocks.</param>
public readonly record struct ArenaClassStatistics(long BlockBytes, long SlabCount, long BlockCount, long LiveBlockCount, long UsedBytes);

/// <summary>One live block, for diagnosis.</summary>
/// <param name="Block">Its handle; the length is the whole block's, as what was asked for is not kept.</param>
/// <param name="Holder">Which process holds it, or has offered it.</param>
/// <param name="IsOffered">Whether it is on its way to another process.</param>
/// <param name="IsHolderAlive">Whether that process is attached.</param>
public readonly record struct ArenaBlock(Shm.Core.ShmBlock Block, ArenaMember Holder, bool IsOffered, bool IsHolderAlive);
