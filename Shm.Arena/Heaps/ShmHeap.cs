using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Heap for hot paths: allocates from its own slabs without an atomic instruction. Get a heap with
/// <see cref="ShmArena.OpenHeap"/>, use it from one thread at a time, and dispose it. The next heap that is opened takes over
/// the slabs of a disposed heap. Any thread of any process may free the blocks of a heap, through any other heap.
/// </summary>
public sealed unsafe partial class ShmHeap : IDisposable
{
    private readonly HeapServices _services;
    private readonly RemoteFrees _remoteFrees;
    private readonly SlabPart* _markedParts;
    private readonly ulong _owner;
    private readonly CurrentPart* _currentByClass;
    private readonly BlockHandles _handles;

    // Limit of the extents whose slots are known to be backed, and the table of current parts. After the heap or the arena is
    // disposed, no extent is below the limit, and the table has only the sentinel part. Every range check then fails, so the fast
    // paths need no check for disposal.
    private long _extentLimit;
    private CurrentPart** _current;

    // Extent and part of the block that was allocated last.
    private ulong _lastExtent;
    private SlabPart* _lastPart;

    // Field of the heap's slot; after the heap is closed, a field in private memory.
    private EnteredPart _entered;

    internal ShmHeap(HeapPool pool, HeapServices services, HeapSlabs slabs)
    {
        (Pool, _services, _remoteFrees, Slabs, _owner) = (pool, services, services.RemoteFrees, slabs, slabs.Owner);
        _handles = services.Handles;
        _entered = slabs.Entered;
        _current = slabs.Current.Steps;
        _currentByClass = slabs.Current.Entries;
        _markedParts = SlabPart.Marked(services.Memory.Parts);
        _extentLimit = BlockHandles.ExtentLimit(services.Memory.SlotCount);
        ForgetLast();
    }

    internal HeapPool Pool { get; }

    internal HeapSlabs Slabs { get; }

    internal bool IsClosed => _current == CurrentParts.Closed;

    /// <summary>Allocates a block of at least <paramref name="byteCount"/> bytes. The bytes of the block are not initialized.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ObjectDisposedException">The heap or the arena is disposed.</exception>
    /// <exception cref="ShmException">There is no room; the message says how much is free and in how many pieces.</exception>
    public ShmBlock Allocate(long byteCount)
    {
        // For a length beyond every size class, the table contains the sentinel part.
        var part = _current[SizeClasses.StepOf(byteCount)]->Part;
        return TryTake(part, byteCount, out var block) ? block : AllocateSlowly(byteCount);
    }

    /// <summary>Tries to allocate a block; returns false instead of throwing if there is no room.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ObjectDisposedException">The heap or the arena is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        var part = _current[SizeClasses.StepOf(byteCount)]->Part;
        return TryTake(part, byteCount, out block) || TryAllocateNext(byteCount, out block);
    }

    /// <summary>Allocates a block whose address in every process is a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="byteCount">Number of bytes, at least 1.</param>
    /// <param name="alignment">A power of two, at most <see cref="ShmArena.MaxAlignment"/>.</param>
    /// <param name="block">Receives the block; the default value if there is no room.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="byteCount"/> is zero or negative, or <paramref name="alignment"/> is not a power of two, or is greater
    /// than <see cref="ShmArena.MaxAlignment"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The heap or the arena is disposed.</exception>
    public bool TryAllocateAligned(long byteCount, long alignment, out ShmBlock block) =>
        _services.Allocation.TryAllocate(this, byteCount, alignment, out block);

    /// <summary>Frees a block. Any thread of any process may have allocated the block.</summary>
    /// <exception cref="ShmException">
    /// The block is not a live block of this arena: it was freed before, is offered, or belongs to another arena, or its handle
    /// was made up.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The heap or the arena is disposed. The block stays live.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(in ShmBlock block)
    {
        // The handle is read once: the caller's memory may change between the check and the use.
        var lastExtent = _lastExtent;
        var extent = block.Extent;
        var held = _handles.StateOf(block);
        var markedSlot = BlockHandles.MarkedSlotOf(extent);
        SlabPart* part;
        if (extent == lastExtent)
        {
            // Most short-lived blocks are freed before the next allocation. The part is then known without waiting for the
            // handle, which was just written.
            part = _lastPart;
        }
        else if (BlockHandles.IsBelow(extent, _extentLimit))
        {
            part = SlabPart.AtMarked(_markedParts, BlockHandles.MarkedPartOf(extent));
        }
        else
        {
            // The handle names a large block, a block of a new slab or no block, or it was rebuilt from its values.
            FreeWithoutSlotIndex(block);
            return;
        }

        // The new state is computed from the state in the part, whose load does not wait for the handle, which may just have been
        // written. It is computed before the comparison: after it, the JIT would use the equal value from the handle.
        var state = SlabPart.StateOf(part, markedSlot % SlabPart.MaxBlocks);
        var seen = state.ReadUnordered();
        var freed = _handles.Free(seen);
        if (seen != held || !BlockHandles.IsFree(freed))
        {
            // Another process holds the block, or the block was freed before.
            _remoteFrees.Free(block);
            return;
        }

        // The matching state confirms the handle: a handle with a changed value would have no slot index.
        if (!TryFreeOwn(part, state, freed, SlabPart.BitOf(markedSlot)))
        {
            _remoteFrees.FreeOfOtherHeap(part, state, _handles.Held(freed), block);
        }
    }

    /// <summary>Closes the heap. The heap's blocks stay live, and the next heap that is opened takes over its slabs.</summary>
    public void Dispose()
    {
        Pool.Close(this);
    }

    /// <summary>Closes the fast paths: from now on every allocation fails, and every free takes the slow path.</summary>
    internal void Close()
    {
        _extentLimit = BlockHandles.ExtentLimit(0);
        _current = CurrentParts.Closed;
        _entered = CurrentParts.ClosedEntered;
        ForgetLast();
    }

    private void ForgetLast()
    {
        // No block's handle has this extent. A forged handle with this extent leads to a state of the sentinel part.
        _lastExtent = ulong.MaxValue;
        _lastPart = CurrentParts.Sentinel;
    }

    /// <summary>Takes a block from a part.</summary>
    /// <returns>False if the part has no free block, or another heap has seized it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryTake(SlabPart* part, long byteCount, out ShmBlock block)
    {
        var entered = _entered;
        entered.Enter(part);
        var free = part->ReadFreeBits();
        if (free == 0 || part->ReadOwner() != _owner)
        {
            entered.Leave();
            Unsafe.SkipInit(out block);
            return false;
        }

        var index = SlabPart.LowestBlock(free);
        var state = SlabPart.StateOf(part, index);
        var taken = _handles.Take(state.ReadUnordered());

        // The holder is written first: if this process exits before the free bit is cleared, recovery finds the block by its
        // holder.
        state.Take(taken);
        KillPoint.Hit(CrashWindow.AllocateHolderWritten);
        part->ClearLowestFreeBit(free);
        KillPoint.Hit(CrashWindow.AllocateBitCleared);
        entered.Leave();
        var extent = BlockHandles.Extent(part->FirstExtent, index, byteCount);
        _lastExtent = extent;
        _lastPart = part;
        BlockHandles.Write(out block, _handles.HandleOf(taken), (part->BlockBytes * (long)index) + part->Start, extent);
        return true;
    }

    /// <summary>Frees a block of this heap's own slab.</summary>
    /// <returns>False if another heap owns the part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFreeOwn(SlabPart* part, BlockStateReference state, ulong freed, ulong bit)
    {
        var entered = _entered;
        entered.Enter(part);
        if (part->ReadOwner() != _owner)
        {
            entered.Leave();
            return false;
        }

        state.FreeOwn(freed);
        KillPoint.Hit(CrashWindow.FreeHolderCleared);
        var after = part->SetFreeBit(bit);
        KillPoint.Hit(CrashWindow.FreeBitSet);
        entered.Leave();
        if (part->IsUpdateDue(after))
        {
            UpdateSlab(part);
        }
        else if (after == bit)
        {
            // The part was full. The next allocation of its class takes this block without a search. A part with more free blocks
            // is left alone, so that it can become empty.
            var former = CurrentParts.EntryOf(_currentByClass, part)->Replace(part);
            if (former != null)
            {
                UpdateFormer(former);
            }
        }

        return true;
    }
}
