using System.Numerics;
using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <content>Allocations and frees that the fast paths leave to the tables of the heap.</content>
public sealed unsafe partial class ShmHeap
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ShmBlock AllocateSlowly(long byteCount)
    {
        if (!TryAllocateNext(byteCount, out var block))
        {
            _services.Allocation.ThrowOutOfMemory(byteCount);
        }

        return block;
    }

    /// <summary>Allocates from another part of the heap, or from the supply.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAllocateNext(long byteCount, out ShmBlock block)
    {
        var current = _current[SizeClasses.StepOf(byteCount)];
        return current->HasFormer ? TryTakeFromFormer(current, byteCount, out block) : TryAllocateBySearch(byteCount, out block);
    }

    /// <summary>Allocates from a former part, which becomes current. If no former part has a free block, searches.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeFromFormer(CurrentPart* current, long byteCount, out ShmBlock block)
    {
        while (current->TryRestore())
        {
            if (TryTake(current->Part, byteCount, out block))
            {
                return true;
            }
        }

        return TryAllocateBySearch(byteCount, out block);
    }

    /// <summary>Allocates from an available part of the heap, or from the supply.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAllocateBySearch(long byteCount, out ShmBlock block) =>
        !IsClosed && (ulong)(byteCount - 1) < (ulong)SizeClasses.MaxBlockBytes
            ? _services.Allocation.TryTake(this, SizeClasses.IndexOf(byteCount), byteCount, out block)
            : _services.Allocation.TryAllocate(this, byteCount, 1, out block);

    /// <summary>Frees a block whose handle has no slot index that this heap knows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FreeWithoutSlotIndex(in ShmBlock handle)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);

        // The handle is copied, since the caller's memory may change between the check and the use.
        var block = handle;
        var slotCount = _services.Memory.SlotCount;
        if (BlockHandles.SlotIndexOf(block.Extent) < slotCount)
        {
            _extentLimit = BlockHandles.ExtentLimit(slotCount);
            Free(block);
            return;
        }

        // A block in a slab of this heap is freed locally even if its handle has no slot index, so that a slab that becomes
        // empty is released.
        var held = _handles.StateOf(block);
        var part = _services.Lookup.FindAny(block, out var index, out var state);
        if (part == null || state.Bits != held || !_handles.IsOwn(held)
            || !TryFreeOwn(part, SlabPart.StateOf(part, index), state.Freed.Bits, 1UL << index))
        {
            _remoteFrees.Free(block);
        }
    }

    /// <summary>
    /// Updates the tables after a free: makes a part available that was unavailable, or keeps or releases its slab if it is empty.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UpdateSlab(SlabPart* part)
    {
        var slab = Slabs.AfterFree(part, mayBeCurrent: true);
        if (slab != null)
        {
            Slabs.Release(slab);
        }
        else if (BitOperations.IsPow2(part->FreeBits) && CurrentParts.EntryOf(_currentByClass, part)->Replace(part) is var former
            && former != null)
        {
            UpdateFormer(former);
        }
    }

    /// <summary>
    /// Updates the tables after a free has made another part current: makes the part a former part, or releases its slab if it is empty.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UpdateFormer(SlabPart* part)
    {
        if (!part->IsSingleBlock)
        {
            CurrentParts.EntryOf(_currentByClass, part)->Push(part);
        }
        else if (Slabs.AfterFree(part, mayBeCurrent: false) is var slab && slab != null)
        {
            Slabs.Release(slab);
        }
    }
}
