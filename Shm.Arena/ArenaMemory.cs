using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>Typed pointers into a mapped arena.</summary>
internal readonly unsafe struct ArenaMemory
{
    private readonly byte* _start;
    private readonly long* _nodeTables;

    internal ArenaMemory(nint start, ArenaLayout layout)
    {
        _start = (byte*)start;
        Data = _start + layout.Data;
        CapacityBytes = layout.CapacityBytes;
        Classes = (ClassLine*)(_start + layout.ClassLines);
        _nodeTables = Header->NodeTable;
    }

    internal byte* Data { get; }

    internal long CapacityBytes { get; }

    internal ClassLine* Classes { get; }

    internal ArenaHeader* Header => (ArenaHeader*)_start;

    internal long NoSlab => (byte*)&Header->NoSlab - _start;

    /// <summary>Writes the immutable part of a new arena and backs its busiest metadata with memory.</summary>
    internal static ArenaMemory Initialize(ShmSegment segment, ArenaLayout layout)
    {
        const long PrefaultBytes = 1L << 20;
        var memory = new ArenaMemory(segment.Address, layout);
        segment.TryPrefault(0, layout.UsedBits);
        segment.TryPrefault(layout.UsedBits, Math.Min(PrefaultBytes, layout.NodeTables - layout.UsedBits));
        long table = layout.NodeTables;
        for (int order = 0; order <= ArenaLayout.MaxOrder; order++)
        {
            memory._nodeTables[order] = table;
            // Where the kernel can't prefault, the first use of each page is slower, and nothing else.
            segment.TryPrefault(table, Math.Min(PrefaultBytes, layout.NodeTableBytes(order)));
            table += layout.NodeTableBytes(order);
        }

        for (int index = 0; index < SizeClasses.Count; index++)
        {
            memory.Classes[index].Current = memory.NoSlab;
        }

        return memory;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabNode* Node(long offset) => (SlabNode*)(_start + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long OffsetOf(SlabNode* node) => (byte*)node - _start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabNode* NodeAt(long dataOffset, int order) =>
        (SlabNode*)(_start + _nodeTables[order] + ((dataOffset >> ArenaLayout.PageShift >> order) * SlabNode.ByteCount));

    /// <summary>The slab and index of a live block; null if it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabNode* Find(in ShmBlock block, out int index)
    {
        int order = (int)(block.Generation >> SlabNode.OrderShift);
        index = 0;
        if ((ulong)block.Offset >= (ulong)CapacityBytes || order > ArenaLayout.MaxOrder || block.SegmentId != 0)
        {
            return null;
        }

        SlabNode* slab = NodeAt(block.Offset, order);
        index = SlabNode.IndexOf(slab, block.Offset);
        uint generation = block.Generation & SlabNode.GenerationMask;
        return index < SlabNode.MaxBlocks
            && (Volatile.Read(ref slab->Generations[index]) & SlabNode.GenerationMask) == generation
            && (generation & 1) == 1
            && slab->Start + (index * slab->BlockBytes) == block.Offset
            && (ulong)block.ByteCount - 1 < (ulong)slab->BlockBytes
            ? slab : null;
    }

    /// <summary>The handle of a block that the caller has just taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ShmBlock Publish(SlabNode* slab, int index, long byteCount)
    {
        uint generation = slab->Generations[index] + 1;
        Volatile.Write(ref slab->Generations[index], generation);
        return new ShmBlock(0, (generation & SlabNode.GenerationMask) | ((uint)slab->Order << SlabNode.OrderShift),
            slab->Start + (index * slab->BlockBytes), byteCount);
    }
}
