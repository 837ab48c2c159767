using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Finds the state of the block that a handle or an offset names. Handle and offset may be wrong, so each of their values is
/// checked.
/// </summary>
internal sealed unsafe class BlockLookup(ArenaMemory memory, ArenaLifetime lifetime)
{
    private readonly uint _id = memory.Id;
    private readonly ulong _capacityBytes = (ulong)memory.Layout.CapacityBytes;
    private readonly SlabPart* _markedParts = SlabPart.Marked(memory.Parts);

    // Limit of the extents whose slots are known to be backed.
    private long _extentLimit = BlockHandles.ExtentLimit(0);

    /// <summary>Finds the part, index and state of a live block that is not offered.</summary>
    /// <exception cref="ShmException">The handle does not name a live block of this arena, or the block is offered.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabPart* Find(in ShmBlock block, string operation, out int index, out BlockState state)
    {
        var part = FindBySlot(block, out index, out state);
        return part != null && state.IsHeld(block.Generation) ? part : FindBySearch(block, operation, out index, out state);
    }

    /// <summary>
    /// Finds the part, index and state of a block that may be live, offered or free. Returns null if no block of the arena can have this
    /// handle.
    /// </summary>
    internal SlabPart* FindAny(in ShmBlock block, out int index, out BlockState state)
    {
        var part = FindBySlot(block, out index, out state);
        return part != null ? part : FindAnyBySearch(block, out index, out state);
    }

    /// <summary>
    /// Finds a block by the slot index in its handle. Returns null if the handle has no slot index that this object knows, or if the
    /// block at this index has another generation or offset, or is shorter. A search then tells more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SlabPart* FindBySlot(in ShmBlock block, out int index, out BlockState state)
    {
        var extent = block.Extent;
        var offset = (ulong)block.Offset;
        Unsafe.SkipInit(out index);
        Unsafe.SkipInit(out state);
        if (!BlockHandles.IsBelow(extent, _extentLimit) || block.SegmentId != _id || lifetime.IsDisposed)
        {
            return null;
        }

        var part = SlabPart.AtMarked(_markedParts, BlockHandles.MarkedPartOf(extent));
        var slot = BlockHandles.MarkedSlotOf(extent) % SlabPart.MaxBlocks;
        var byteCount = BlockHandles.ByteCountOf(extent);
        var blockBytes = (ulong)part->BlockBytes;
        (index, state) = ((int)slot, SlabPart.StateOf(part, slot).Read());
        return state.Generation == block.Generation && (blockBytes * slot) + (ulong)part->Start == offset && byteCount - 1 < blockBytes
            && offset < _capacityBytes && byteCount <= _capacityBytes - offset
                ? part
                : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SlabPart* FindBySearch(in ShmBlock block, string operation, out int index, out BlockState state)
    {
        var part = FindAnyBySearch(block, out index, out state);
        if (part == null || !state.IsHeld(block.Generation))
        {
            lifetime.ThrowIfDisposed();
            BlockErrors.ThrowNotHeld(operation, block, state);
        }

        return part;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SlabPart* FindAnyBySearch(in ShmBlock block, out int index, out BlockState state)
    {
        (index, state) = (0, default);
        if (block.SegmentId != _id || (ulong)block.Offset >= _capacityBytes || lifetime.IsDisposed)
        {
            return null;
        }

        var part = memory.Find(block.Offset, out var slab, out index, out var remainder);
        if (part == null || remainder != 0 || (ulong)block.ByteCount - 1 >= (ulong)slab->BlockBytes
            || (ulong)block.ByteCount > _capacityBytes - (ulong)block.Offset)
        {
            return null;
        }

        state = SlabPart.StateOf(part, index).Read();
        if (BlockHandles.HasSlotIndex(block.Extent))
        {
            LearnSlots(block.Extent);
        }

        return part;
    }

    /// <summary>Raises the limit if the slot index in a handle is backed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LearnSlots(ulong extent)
    {
        if (memory.SlotCount is var count && BlockHandles.SlotIndexOf(extent) < count)
        {
            _extentLimit = BlockHandles.ExtentLimit(count);
        }
    }

    /// <summary>Finds the live block that contains a byte of the data.</summary>
    /// <param name="offset">Offset of the byte from the start of the data, less than the capacity.</param>
    /// <param name="block">Handle of the whole block; the default value if there is none.</param>
    internal bool TryFindAt(long offset, out ShmBlock block)
    {
        block = default;
        var part = memory.Find(offset, out var slab, out var index, out var remainder);
        if (part == null || (ulong)remainder >= (ulong)slab->BlockBytes || (part->AllBlocks >> index & 1) == 0)
        {
            return false;
        }

        var state = SlabPart.StateOf(part, index).Read();
        var found = memory.Handle(part, index, state, slab->BlockBytes);
        var isFound = state.IsLive && (ulong)(offset - found.Offset) < (ulong)found.ByteCount;
        block = isFound ? found : default;
        return isFound;
    }
}
