using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Frees blocks of slabs that the caller's heap does not own, and notifies the owner. The order of steps: the block's
/// state, the part's remote-free flag, the owner's hint. <see cref="SlabPart.Collect"/> is the owner's side.
/// </summary>
internal sealed unsafe class RemoteFrees(ArenaMemory memory, BlockLookup lookup, SharedSupply supply)
{
    /// <summary>Frees a block that this process holds in another heap's slab.</summary>
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

            // A large block has one part only, which is its slab. Its handle has a slot index only if a caller forged it.
            AfterFree(part, part);
        }
    }

    /// <summary>Frees the block that a handle names.</summary>
    /// <exception cref="ShmException">The handle is not that of a live block of this arena.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Free(in ShmBlock handle)
    {
        // A copy: the caller's memory may change between the check and the use.
        ShmBlock block = handle;
        SlabPart* part = lookup.Find(block, "free", out SlabPart* slab, out int index, out BlockState state);

        // The thread whose compare-and-swap clears the holder has freed the block; any other gets a double-free error.
        while (!SlabPart.StateOf(part, index).TryFree(state, out BlockState actual))
        {
            state = actual;
            if (!state.IsHeld(block.Generation))
            {
                ShmException.ThrowNotLive("free", block);
            }
        }

        KillPoint.Hit(CrashWindow.RemoteFreeHolderCleared);
        AfterFree(slab, part);
    }

    /// <summary>
    /// Makes a block that an atomic transition has freed available: notifies the owner of its slab, or releases a large
    /// block. May be called more than once.
    /// </summary>
    internal void AfterFree(SlabPart* slab, SlabPart* part)
    {
        if (slab->Class == SlabPart.LargeClass)
        {
            KillPoint.Hit(CrashWindow.LargeFreeHolderCleared);
            supply.ReleaseLarge(slab);
            return;
        }

        // If the flag is set at this moment, the owner has yet to clear it, and reads the block's state after that.
        if (!part->HasRemoteFreeFlag)
        {
            NotifyOwner(part);
        }
    }

    /// <summary>Makes the owner look at a part's block states: sets the remote-free flag and the hint in the owner's heap slot.</summary>
    internal void NotifyOwner(SlabPart* part)
    {
        part->SetRemoteFreeFlag();
        KillPoint.Hit(CrashWindow.RemoteFreeFlagSet);

        // Another heap may become the owner meanwhile: it must get the hint as well.
        for (ulong owner = OwnerOf(part), notified = 0; owner != notified; owner = OwnerOf(part))
        {
            SetHint(owner, part);
            notified = owner;
        }
    }

    /// <summary>
    /// Returns the owner of the slab that a part belongs to now, which may be another one than when the block was
    /// found; 0 if none.
    /// </summary>
    private ulong OwnerOf(SlabPart* part)
    {
        SlabPart* slab = part - part->PartIndex;
        return slab > memory.Parts ? slab->ReadOwner() : 0;
    }

    private void SetHint(ulong owner, SlabPart* part)
    {
        int heapIndex = HeapToken.HeapIndexOf(owner);
        int classIndex = part->Class;
        if ((uint)heapIndex < memory.HeapsEverUsed && classIndex < SizeClasses.Count
            && memory.Heap(heapIndex)->SetHint(classIndex, part->Position))
        {
            KillPoint.Hit(CrashWindow.RemoteFreeOwnerNotified);
        }
    }
}
