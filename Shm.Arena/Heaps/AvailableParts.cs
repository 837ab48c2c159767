using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Chooses among a heap's available parts of a class, and decides when the heap creates an extra slab. One thread at a time uses
/// this object.
/// </summary>
/// <remarks>
/// A program that keeps many blocks and replaces them at random frees one block here and one there. If the next allocations reused
/// each freed block immediately, nearly every allocation would search for a part, and nearly every free would make a full part
/// available. Therefore the heap has a few extra slabs, and each search continues where the last one ended, so a part has gained
/// several free blocks by the time the search returns to it.
/// </remarks>
internal sealed unsafe class AvailableParts(ArenaMemory memory, HeapTables tables)
{
    /// <summary>
    /// A part has few free blocks if less than one block in eight is free, and many if more than half are free. If parts are refilled in
    /// turn, about one block in eight is free, because one part in eight is extra. More than half free is then rare.
    /// </summary>
    private const int BlocksPerFreeBlock = 8, BlocksPerFreeBlockOfMany = 2;

    /// <summary>
    /// The heap searches for a better part if less than one block in four of the first available part is free. If parts are refilled
    /// in turn, one block in eight is free on average, and one in four in the part whose turn it is. A first part with fewer free blocks
    /// is therefore worse than what the search finds.
    /// </summary>
    private const int BlocksPerFreeBlockOfFirst = 4;

    /// <summary>Maximum number of available parts at which a search looks.</summary>
    private const int MaxPartsRead = 4;

    /// <summary>
    /// Class of the largest blocks for which the heap creates extra slabs: a page, 4 KiB. The time of a search is small beside the time
    /// in which a larger block is filled, and extra slabs of larger blocks would take much memory.
    /// </summary>
    private static readonly int s_maxExtraClass = SizeClasses.IndexOf(ArenaLayout.PageBytes);

    /// <summary>
    /// Returns true if the heap should search for a better part than the first available one, see
    /// <see cref="BlocksPerFreeBlockOfFirst"/>.
    /// </summary>
    /// <param name="classIndex">Size class.</param>
    /// <param name="first">Position of the first available part.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsSearchDue(int classIndex, int first) =>
        classIndex <= s_maxExtraClass && IsFreeBelow(memory.Parts + tables[classIndex][first], BlocksPerFreeBlockOfFirst);

    /// <summary>True if <see cref="UseBetter"/> returned null so that the heap creates an extra slab.</summary>
    internal bool IsExtraSlabDue { get; set; }

    /// <inheritdoc cref="ClassParts.CountExtra"/>
    internal void CountExtra(int classIndex, int parts) => tables[classIndex].CountExtra(parts);

    /// <summary>Records that there was no room for an extra slab.</summary>
    internal void CountNoRoom(int classIndex) => tables[classIndex].CountAllExtras();

    /// <summary>
    /// Makes the first available part the current part, however few free blocks it has, and returns it. Returns null if the heap has
    /// no available part of the class.
    /// </summary>
    internal SlabPart* UseFirst(int classIndex)
    {
        while (tables[classIndex].FirstAvailable() is >= 0 and var position)
        {
            if (TryUse(classIndex, position, out var part))
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>
    /// Makes an available part with more than few free blocks the current part, and returns it. If a part with many free blocks is
    /// found, or two of them in a small heap, uses the first available part instead, so that later parts become empty and are released.
    /// If a small heap has only one such part and the first part has few free blocks, uses that one. If every part that was read and the
    /// first part have few free blocks, returns null so that the heap creates an extra slab; if the heap may not have another extra slab,
    /// uses the first part.
    /// </summary>
    /// <param name="classIndex">Size class.</param>
    /// <param name="first">Position of the first available part.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal SlabPart* UseBetter(int classIndex, int first)
    {
        ref var parts = ref tables[classIndex];
        var partsPerSlab = 1;
        var single = -1;
        for (var read = 0; read < MaxPartsRead && parts.NextAvailable() is >= 0 and var position; read++)
        {
            var part = memory.Parts + parts[position];
            if (BitOperations.PopCount(part->FreeBits) * BlocksPerFreeBlockOfMany > BitOperations.PopCount(part->AllBlocks))
            {
                // In a heap of few parts the search may come back to the same part.
                if ((single >= 0 && single != position) || !parts.IsSmall)
                {
                    return UseFirst(classIndex);
                }

                single = position;
            }
            else if (!HasFewFreeBlocks(part) && TryUse(classIndex, position, out var used))
            {
                return used;
            }

            partsPerSlab = Math.Max(partsPerSlab, ArenaMemory.PartCountOf(part));
        }

        var isFirstPoor = HasFewFreeBlocks(memory.Parts + parts[first]);
        if (isFirstPoor && single >= 0 && TryUse(classIndex, single, out var usedSingle))
        {
            return usedSingle;
        }

        IsExtraSlabDue = isFirstPoor && single < 0 && parts.MayCreateExtra(partsPerSlab);
        return IsExtraSlabDue ? null : UseFirst(classIndex);
    }

    /// <summary>Makes the part at a position the current part. Returns false if the heap has lost it, or if it has no free block.</summary>
    private bool TryUse(int classIndex, int position, out SlabPart* part)
    {
        part = tables.MakeCurrent(classIndex, position);
        return part != null && part->FreeBits != 0;
    }

    /// <summary>Returns true if a part has free blocks, but few, see <see cref="BlocksPerFreeBlock"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasFewFreeBlocks(SlabPart* part) => IsFreeBelow(part, BlocksPerFreeBlock);

    /// <summary>Returns true if a part has free blocks, but less than one block in <paramref name="blocksPerFreeBlock"/> is free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFreeBelow(SlabPart* part, int blocksPerFreeBlock)
    {
        var free = part->FreeBits;
        return free != 0 && BitOperations.PopCount(free) * blocksPerFreeBlock < BitOperations.PopCount(part->AllBlocks);
    }
}
