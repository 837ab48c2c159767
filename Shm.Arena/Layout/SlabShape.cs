namespace Shm.Arena;

/// <summary>Size of the slabs of a size class.</summary>
/// <param name="PageCount">Number of pages of 4 KiB.</param>
/// <param name="BlockCount">Number of blocks.</param>
internal readonly record struct SlabShape(long PageCount, int BlockCount)
{
    /// <summary>
    /// Reciprocal of the largest fraction of the arena that a slab takes. Without a limit, the slab of one size class could
    /// take a whole small arena.
    /// </summary>
    private const int MaxSlabShare = 128;

    /// <summary>Number of pages that a slab may take in an arena of any size: 16 (64 KiB).</summary>
    private const long MinSlabPages = 16;

    /// <summary>See <see cref="SlabPart.Reciprocal"/>.</summary>
    internal ulong Reciprocal { get; private init; }

    /// <summary>Number of parts: one for each 64 blocks.</summary>
    internal int PartCount => (BlockCount + SlabPart.MaxBlocks - 1) / SlabPart.MaxBlocks;

    /// <summary>
    /// Returns the shape of at most <paramref name="maxPages"/> pages that has the most blocks per page; of several such
    /// shapes, the one with the most blocks. A slab has at least one block, even if it needs more pages.
    /// </summary>
    internal static SlabShape For(long blockBytes, long maxPages)
    {
        if (blockBytes < ArenaLayout.PageBytes / SlabPart.MaxBlocks)
        {
            // More than 64 blocks fit into a page: the slab is one page.
            return WithReciprocal(new SlabShape(1, (int)(ArenaLayout.PageBytes / blockBytes)), blockBytes);
        }

        var best = Of(blockBytes, 1);
        for (var count = 2; count <= SlabPart.MaxBlocks; count++)
        {
            var shape = Of(blockBytes, count);
            if (shape.PageCount > maxPages)
            {
                break;
            }

            // This shape has at least as many blocks per page as the best so far. Products are compared instead of quotients,
            // to avoid rounding.
            if (shape.BlockCount * best.PageCount >= best.BlockCount * shape.PageCount)
            {
                best = shape;
            }
        }

        return WithReciprocal(best, blockBytes);
    }

    /// <summary>Returns the maximum number of pages of a slab with more than one block.</summary>
    internal static long MaxPagesIn(ArenaLayout layout) => Math.Max(MinSlabPages, layout.PageCount / MaxSlabShare);

    private static SlabShape WithReciprocal(SlabShape shape, long blockBytes) =>
        shape with { Reciprocal = BlockNumber.Reciprocal(blockBytes) };

    private static SlabShape Of(long blockBytes, int blockCount) =>
        new(((blockBytes * blockCount) + ArenaLayout.PageBytes - 1) >> ArenaLayout.PageShift, blockCount);
}
