namespace Shm.Arena;

/// <summary>How many pages a slab of a size class takes and how many blocks it has. Pure mathematics.</summary>
/// <param name="PageCount">Pages of 4 KiB.</param>
/// <param name="BlockCount">Blocks, of which at most 64 are described by one part.</param>
internal readonly record struct SlabShape(long PageCount, int BlockCount)
{
    /// <summary>Parts that describe the slab: one per 64 blocks.</summary>
    internal int PartCount => (BlockCount + SlabPart.MaxBlocks - 1) / SlabPart.MaxBlocks;

    /// <summary>
    /// The shape that wastes least at its end among those of at most <paramref name="mostPages"/> pages (but always
    /// enough for one block), and of those the one with the most blocks.
    /// </summary>
    internal static SlabShape For(long blockBytes, long mostPages)
    {
        if (blockBytes < ArenaLayout.PageBytes / SlabPart.MaxBlocks)
        {
            // More than 64 to a page: the page is the slab.
            return new SlabShape(1, (int)(ArenaLayout.PageBytes / blockBytes));
        }

        SlabShape best = Of(blockBytes, 1);
        for (int count = 2; count <= SlabPart.MaxBlocks; count++)
        {
            SlabShape shape = Of(blockBytes, count);
            if (shape.PageCount > mostPages)
            {
                break;
            }

            // At least as many blocks per page, compared without rounding.
            if (shape.BlockCount * best.PageCount >= best.BlockCount * shape.PageCount)
            {
                best = shape;
            }
        }

        return best;
    }

    private static SlabShape Of(long blockBytes, int blockCount) =>
        new(((blockBytes * blockCount) + ArenaLayout.PageBytes - 1) >> ArenaLayout.PageShift, blockCount);
}
