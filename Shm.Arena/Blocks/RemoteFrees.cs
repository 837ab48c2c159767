using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Frees blocks of slabs that the caller's heap does not own, and notifies the owner. A free takes these steps in this order:
/// it changes the block's state, sets the part's remote-free flag, and sets the hint in the owner's heap slot.
/// <see cref="SlabPart.Collect"/> contains the steps of the owner.
/// </summary>
internal sealed unsafe class RemoteFrees(ArenaMemory memory, BlockLookup lookup, SharedSupply supply)
{
    /// <summary>Maximum number of owners that one free notifies.</summary>
    private const int MaxOwners = 8;

    /// <summary>Frees a block that this process holds and that lies in another heap's slab.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void FreeOfOtherHeap(SlabPart* part, BlockStateReference state, ulong held, in ShmBlock block)
    {
        if (!state.TryFree(new BlockState(held), out _))
        {
            Free(block);
        }
        else
        {
            KillPoint.Hit(CrashWindow.OtherHeapFreeHolderCleared);
            AfterFree(part);
        }
    }

    /// <summary>Frees the block that a handle names.</summary>
    /// <exception cref="ShmException">The handle does not name a live block of this arena, or the block is offered.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Free(in ShmBlock handle)
    {
        // The handle is copied, since the caller's memory may change between the check and the use.
        var block = handle;
        var part = lookup.Find(block, "free", out var index, out var state);

        // The thread whose compare-and-swap clears the holder has freed the block; any other gets a double-free error.
        while (!SlabPart.StateOf(part, index).TryFree(state, out var actual))
        {
            state = actual;
            if (!state.IsHeld(block.Generation))
            {
                BlockErrors.ThrowNotHeld("free", block, state);
            }
        }

        KillPoint.Hit(CrashWindow.RemoteFreeHolderCleared);
        AfterFree(part);
    }

    /// <summary>
    /// Makes a freed block available again: notifies the owner of the block's slab, or releases a large block. A repeated call
    /// for the same block does no harm.
    /// </summary>
    internal void AfterFree(SlabPart* part)
    {
        // The part can stand for its slab: all parts have the class of their slab, and a large block has only one part.
        if (part->Class == SlabPart.LargeClass)
        {
            KillPoint.Hit(CrashWindow.LargeFreeHolderCleared);
            supply.ReleaseLarge(part);
            return;
        }

        // If the flag is set at this moment, the owner has not cleared it yet, and reads the block's state after clearing it.
        if (!part->HasRemoteFreeFlag)
        {
            NotifyOwner(part);
        }
    }

    /// <summary>Makes the owner read a part's block states: sets the remote-free flag and the hint in the owner's heap slot.</summary>
    internal void NotifyOwner(SlabPart* part)
    {
        part->SetRemoteFreeFlag();
        KillPoint.Hit(CrashWindow.RemoteFreeFlagSet);
        memory.FreeParts.Set(memory.IndexOf(part));

        // Another heap may become the owner meanwhile. The new owner must get the hint as well. The number of rounds is limited,
        // because a damaged arena may change the owner for ever. A lost hint delays the block at most until a heap finds no room.
        var round = 0;
        for (ulong owner = OwnerOf(part), notified = 0; owner != notified && round < MaxOwners; owner = OwnerOf(part), round++)
        {
            SetHint(owner, part);
            notified = owner;
        }
    }

    /// <summary>
    /// Returns the token of the heap that owns a part's slab now; 0 if no heap does. The part may belong to another slab than
    /// when the block was found.
    /// </summary>
    private ulong OwnerOf(SlabPart* part)
    {
        var slab = part - part->PartIndex;
        return slab > memory.Parts ? slab->ReadOwner() : 0;
    }

    private void SetHint(ulong owner, SlabPart* part)
    {
        var heapIndex = HeapToken.HeapIndexOf(owner);
        int classIndex = part->Class;
        if ((uint)heapIndex < memory.HeapsEverUsed && classIndex < SizeClasses.Count
            && memory.Heap(heapIndex)->SetHint(classIndex, part->Position))
        {
            KillPoint.Hit(CrashWindow.RemoteFreeOwnerNotified);
        }
    }
}
