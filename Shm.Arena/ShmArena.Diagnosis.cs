using Shm.Core;

namespace Shm.Arena;

/// <content>What an arena contains, for diagnosis.</content>
public sealed unsafe partial class ShmArena
{
    /// <summary>
    /// Size of all live blocks, in bytes, for diagnosis. Each block counts with the block size of its class. Reading this
    /// property walks over all slabs.
    /// </summary>
    public long UsedBytes => GetStatistics().UsedBytes;

    /// <summary>Counts what the arena contains, for diagnosis, in time proportional to the number of slabs ever used.</summary>
    public ArenaStatistics GetStatistics()
    {
        _lifetime.ThrowIfDisposed();
        return ArenaCensus.Take(_memory, _supply);
    }

    /// <summary>Enumerates the live blocks, for diagnosis. Blocks that are allocated or freed meanwhile may be included or not.</summary>
    public IEnumerable<ArenaBlock> LiveBlocks() => ArenaCensus.LiveBlocks(_memory, _membership, _lifetime);

    /// <summary>Returns how many bytes of the arena this process maps by huge pages, and the reason if not all. For diagnosis.</summary>
    public HugePageUse GetHugePageUse()
    {
        _lifetime.ThrowIfDisposed();
        return _segment.GetHugePageUse();
    }
}
