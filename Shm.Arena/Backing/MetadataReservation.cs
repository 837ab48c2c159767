namespace Shm.Arena;

/// <summary>
/// Number of heap slots and slab parts that a reserved arena backs when it is created: the parts that its whole capacity needs for
/// blocks of a stated size or more, and a heap for each MiB of capacity.
/// </summary>
/// <param name="HeapCount">Number of heap slots.</param>
/// <param name="PartCount">Number of entries of the part table.</param>
internal readonly record struct MetadataReservation(long HeapCount, long PartCount)
{
    /// <summary>Number of heap slots of an arena of any size, and capacity for each heap slot of a larger arena: 1 MiB.</summary>
    private const long MinHeaps = 4, BytesPerHeap = 1L << 20;

    /// <summary>
    /// A third more parts are reserved than slabs of the usual size need, since a slab in a gap between other slabs is smaller and has
    /// fewer blocks in each part.
    /// </summary>
    private const long SpareShare = 3;

    /// <summary>Returns the reservation of an arena whose whole capacity can serve blocks of the given size or more.</summary>
    internal static MetadataReservation For(ArenaLayout layout, long blockBytes)
    {
        var maxPages = SlabShape.MaxPagesIn(layout);
        long most = 0;
        for (var index = SizeClasses.IndexOf(blockBytes); index < SizeClasses.Count; index++)
        {
            var shape = SlabShape.For(SizeClasses.BlockBytes(index), maxPages);
            most = Math.Max(most, (layout.PageCount + shape.PageCount - 1) / shape.PageCount * shape.PartCount);
        }

        return new MetadataReservation(
            Math.Clamp(layout.CapacityBytes / BytesPerHeap, MinHeaps, ArenaLayout.HeapCount),
            Math.Min(layout.PartCount, 1 + most + (most / SpareShare)));
    }
}
