namespace Shm.Arena;

/// <summary>Contents of an arena at one moment. The values need not add up while other threads allocate and free.</summary>
public sealed record ArenaStatistics
{
    /// <summary>Capacity for blocks, in bytes.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Size of all live blocks, in bytes. Each block counts with the block size of its class.</summary>
    public required long UsedBytes { get; init; }

    /// <summary>Number of live blocks.</summary>
    public required long LiveBlockCount { get; init; }

    /// <summary>Number of live blocks that are offered and not claimed yet.</summary>
    public required long OfferedBlockCount { get; init; }

    /// <summary>Size of all slabs and large blocks, in bytes. Other size classes cannot use this memory.</summary>
    public required long ClaimedBytes { get; init; }

    /// <summary>Highest value that <see cref="ClaimedBytes"/> ever had.</summary>
    public required long MostClaimedBytes { get; init; }

    /// <summary>Size of all free blocks in slabs, in bytes.</summary>
    public required long FreeBytesInSlabs { get; init; }

    /// <summary>Number of runs of free pages.</summary>
    public required long FreeRunCount { get; init; }

    /// <summary>Size of the longest run of free pages, in bytes. No larger block can be created from free pages.</summary>
    public required long LongestFreeRunBytes { get; init; }

    /// <summary>Number of allocations that found no room.</summary>
    public required long FailureCount { get; init; }

    /// <summary>Number of departures: how often a process detached, or was found to have exited.</summary>
    public required long DepartureCount { get; init; }

    /// <summary>
    /// Statistics of each size class that has slabs, in the order of block size. The last entry stands for the large blocks.
    /// </summary>
    public required IReadOnlyList<ArenaClassStatistics> Classes { get; init; }
}

/// <summary>Contents of one size class.</summary>
/// <param name="BlockBytes">Size of each block in bytes; 0 for the large blocks, whose sizes differ.</param>
/// <param name="SlabCount">Number of slabs, or of large blocks.</param>
/// <param name="BlockCount">Number of blocks in the slabs of the class, live and free.</param>
/// <param name="LiveBlockCount">Number of live blocks.</param>
/// <param name="UsedBytes">Size of the live blocks, in bytes.</param>
public readonly record struct ArenaClassStatistics(long BlockBytes, long SlabCount, long BlockCount, long LiveBlockCount, long UsedBytes);

/// <summary>Live block, listed for diagnosis.</summary>
/// <param name="Block">
/// Handle of the block. The handle gives the length of the whole block, since the requested length is not stored.
/// </param>
/// <param name="Holder">Process that holds the block, or has offered it.</param>
/// <param name="IsOffered">True if the block is offered and not claimed yet.</param>
/// <param name="IsHolderAlive">True if the process that holds or has offered the block is attached.</param>
public readonly record struct ArenaBlock(Shm.Core.ShmBlock Block, ArenaMember Holder, bool IsOffered, bool IsHolderAlive);
