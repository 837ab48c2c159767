using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Finds the state of the block that a handle or an offset names. Handle and offset may be wrong, so each of their values is
/// checked.
/// </summary>
internal sealed unsafe class BlockLookup(ArenaMemory memory, ArenaLifetime lifetime)
{
    private readonly uint _id = memory.Id;

    /// <summary>Finds the part, slab, index and state of a live block that is not offered.</summary>
    /// <exception cref="ShmException">The handle does not name a live block of this arena, or the block is offered.</exception>
    internal SlabPart* Find(in ShmBlock block, string operation, out SlabPart* slab, out int index, out BlockState state)
    {
        var part = FindAny(block, out slab, out index, out state);
        if (part == null || !state.IsHeld(block.Generation))
        {
            lifetime.ThrowIfDisposed();
            BlockErrors.ThrowNotHeld(operation, block, state);
        }

        return part;
    }

    /// <summary>
    /// Finds the part, slab, index and state of a block that may be live, offered or free. Returns null if no block of the
    /// arena can have this handle.
    /// </summary>
    internal SlabPart* FindAny(in ShmBlock block, out SlabPart* slab, out int index, out BlockState state)
    {
        slab = null;
        (index, state) = (0, default);
        var capacityBytes = memory.Layout.CapacityBytes;
        if (block.SegmentId != _id || (ulong)block.Offset >= (ulong)capacityBytes || lifetime.IsDisposed)
        {
            return null;
        }

        var part = memory.Find(block.Offset, out slab, out index, out var remainder);
        if (part == null || remainder != 0 || (ulong)block.ByteCount - 1 >= (ulong)slab->BlockBytes
            || (ulong)block.ByteCount > (ulong)(capacityBytes - block.Offset))
        {
            return null;
        }

        state = SlabPart.StateOf(part, index).Read();
        return part;
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
