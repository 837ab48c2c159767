using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>
/// Greatest number of bytes that the slabs and large blocks of a history may have at once. A heap creates a slab only if all
/// blocks of that size in its slabs are live. The slabs that it has created are therefore, together, at most one slab larger than
/// the peak of its live blocks.
/// </summary>
internal sealed class ClaimBound(long capacityBytes)
{
    /// <summary>The key of all large blocks. Each has pages of its own, whoever allocates it.</summary>
    private static (ArenaMember Origin, long BlockBytes) Large => default;

    private readonly Dictionary<(ArenaMember Origin, long BlockBytes), (long LiveBytes, long MaxBytes)> _sizes = [];

    /// <summary>
    /// Greatest number of bytes that slabs and large blocks may have claimed at once. Each slab wastes less than an eighth of its
    /// bytes, and takes whole pages.
    /// </summary>
    internal long Bytes => Math.Min(capacityBytes, _sizes.Sum(size => BytesOf(size.Key.BlockBytes, size.Value.MaxBytes)));

    internal void Add(ArenaMember origin, long blockBytes)
    {
        var key = KeyOf(origin, blockBytes);
        (var live, var most) = _sizes.GetValueOrDefault(key);
        _sizes[key] = (live + blockBytes, Math.Max(most, live + blockBytes));
    }

    internal void Remove(ArenaMember origin, long blockBytes)
    {
        var key = KeyOf(origin, blockBytes);
        _sizes[key] = _sizes[key] with { LiveBytes = _sizes[key].LiveBytes - blockBytes };
    }

    private long BytesOf(long blockBytes, long maxBytes) =>
        WholePages(maxBytes + (maxBytes / 8)) + WholePages(SlabBytes(blockBytes));

    private static (ArenaMember Origin, long BlockBytes) KeyOf(ArenaMember origin, long blockBytes) =>
        blockBytes > SizeClasses.MaxBlockBytes ? Large : (origin, blockBytes);

    /// <summary>Returns the greatest size of a slab: 64 KiB or a 128th of the arena, but at least one block.</summary>
    private long SlabBytes(long blockBytes)
    {
        var maxPages = Math.Max(16, (capacityBytes >> ArenaLayout.PageShift) / 128);
        return blockBytes == 0 ? 0 : SlabShape.For(blockBytes, maxPages).PageCount << ArenaLayout.PageShift;
    }

    private static long WholePages(long byteCount) => (byteCount + ArenaLayout.PageBytes - 1) & -ArenaLayout.PageBytes;
}
