using Shm.Core;

namespace PerfTests.Exploration.Checking;

/// <summary>Block of a scenario, as its operations know it.</summary>
internal sealed class LedgerEntry
{
    internal ShmBlock Block { get; set; }

    /// <summary>True from the return of the allocation until the return of the free.</summary>
    internal bool IsAllocated { get; set; }

    /// <summary>Set of members that may hold the block: bit n stands for member n. Empty for an offered block.</summary>
    internal uint Holders { get; set; }

    internal bool MayBeOffered { get; set; }

    /// <summary>True after a free of the block has begun.</summary>
    internal bool MayBeFree { get; set; }

    /// <summary>Number of operations on the block that have begun and not ended. A member that is killed ends none.</summary>
    internal int Pending { get; set; }

    /// <summary>Number of operations on the block that have begun or ended.</summary>
    internal int Changes { get; set; }

    internal bool Overlaps(in ShmBlock other) =>
        Block.Offset < other.Offset + other.ByteCount && other.Offset < Block.Offset + Block.ByteCount;
}
