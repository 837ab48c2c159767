namespace Shm.Arena;

/// <summary>Contents of an arena at one moment. The values need not add up while other threads allocate and free.</summary>
public sealed record ArenaStatistics
{
    /// <summary>Bytes for blocks.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Bytes in live blocks, each counted with the size of its class.</summary>
    public required long UsedBytes { get; init; }

    /// <summary>Number of live blocks.</summary>
    public required long LiveBlockCount { get; init; }

    /// <summary>Number of live blocks that are offered and not claimed yet.</summary>
    public required long OfferedBlockCount { get; init; }

    /// <summary>Bytes in slabs and large blocks, which other size classes cannot use.</summary>
    public required long ClaimedBytes { get; init; }

    /// <summary>Highest value that <see cref="ClaimedBytes"/> ever had.</summary>
    public required long MostClaimedBytes { get; init; }

    /// <summary>Bytes in free blocks of slabs.</summary>
    public required long FreeBytesInSlabs { get; init; }

    /// <summary>Number of runs of free pages.</summary>
    public required long FreeRunCount { get; init; }

    /// <summary>Bytes of the longest run: the largest block that can be allocated without freeing one.</summary>
    public required long LongestFreeRunBytes { get; init; }

    /// <summary>Number of allocations that found no room.</summary>
    public required long FailureCount { get; init; }

    /// <summary>Number of times that a process left or was found exited.</summary>
    public required long DepartureCount { get; init; }

    /// <summary>Size classes that have slabs, by block size, and the large blocks as the last entry.</summary>
    public required IReadOnlyList<ArenaClassStatistics> Classes { get; init; }
}

/// <summary>Contents of one size class.</summary>
/// <param name="BlockBytes">Bytes of each block; 0 for the large blocks, which differ.</param>
/// <param name="SlabCount">Number of slabs, or of large blocks.</param>
/// <param name="BlockCount">Number of blocks in these slabs, live and free.</param>
/// <param name="LiveBlockCount">Number of live blocks.</param>
/// <param name="UsedBytes">Bytes in live blocks.</param>
public readonly record struct ArenaClassStatistics(long BlockBytes, long SlabCount, long BlockCount, long LiveBlockCount, long UsedBytes);

/// <summary>A live block, for diagnosis.</summary>
/// <param name="Block">Handle of the block. Its length is that of the whole block, since the requested length is not stored.</param>
/// <param name="Holder">Process that holds the block, or has offered it.</param>
/// <param name="IsOffered">True if the block is offered and not claimed yet.</param>
/// <param name="IsHolderAlive">True if that process is attached.</param>
public readonly record struct ArenaBlock(Shm.Core.ShmBlock Block, ArenaMember Holder, bool IsOffered, bool IsHolderAlive);
