using Shm.Arena.Native;

namespace Shm.Arena;

/// <summary>
/// Makes a heap the owner of slabs of other heaps, although the threads of these heaps live. A heap that finds no room seizes a
/// slab that has free blocks of the class it needs, or else all empty slabs. So free blocks can be allocated by any thread, even
/// while the threads of the other heaps sleep, are blocked or are stopped.
/// </summary>
/// <remarks>
/// A seizure holds the supply lock. It takes these steps: it marks the slab's owner, so that the owner takes no further block
/// and frees no block to the slab; it runs a <see cref="SharedBarrier"/>; it skips the slab if the owner's thread is in one of
/// the slab's parts, see <see cref="EnteredPart"/>; it writes the new owner, and derives the free bits from the block states. A
/// skipped slab stays marked: its owner has lost it, and the next seizure takes it.
/// </remarks>
internal sealed unsafe class SlabSeizure(ArenaMemory memory, Membership membership, SharedSupply supply)
{
    /// <summary>
    /// Number of times that a seizure looks again whether the owner's thread has left a part. A running thread leaves a part
    /// after some nanoseconds.
    /// </summary>
    private const int MostLooks = 100;

    /// <summary>Seizes slabs for a heap.</summary>
    /// <param name="heap">Slabs of the heap.</param>
    /// <param name="classIndex">Class of the needed block; -1 for a large block, which needs free pages.</param>
    /// <returns>True if the heap has got a slab.</returns>
    internal bool TrySeize(HeapSlabs heap, int classIndex)
    {
        // Most of the time there is nothing to seize, and the lock is not needed to find that out.
        if (Candidates(heap, classIndex).Count == 0)
        {
            return false;
        }

        supply.Enter();
        try
        {
            var candidates = Candidates(heap, classIndex);
            var reachesUnregistered = false;
            foreach (var slab in candidates)
            {
                reachesUnregistered |= !IsRegistered(memory.Parts[slab].Owner);
                Mark(memory.Parts + slab);
            }

            SharedBarrier.Run(reachesUnregistered);
            var hasSeized = false;
            foreach (var slab in candidates)
            {
                hasSeized |= TryTake(slab, heap);
            }

            return hasSeized;
        }
        finally
        {
            supply.Exit();
        }
    }

    /// <summary>Finds one slab of a class that has a free block; if there is none, all slabs without live blocks.</summary>
    private List<long> Candidates(HeapSlabs heap, int classIndex)
    {
        List<long> empty = [];
        var count = memory.PartsEverUsed;
        long latest = 0;
        for (var index = memory.FreeParts.Next(1, count); index < count; index = memory.FreeParts.Next(index + 1, count))
        {
            var slab = memory.Parts + index - memory.Parts[index].PartIndex;
            var owner = slab <= memory.Parts || memory.IndexOf(slab) == latest ? heap.Owner : slab->ReadOwner();
            if (owner == heap.Owner || slab->ReadState() != SlabState.Slab || !IsReached(owner))
            {
                continue;
            }

            latest = memory.IndexOf(slab);

            var partCount = ArenaMemory.PartCountOf(slab);
            (var isEmpty, var hasFree) = (true, false);
            for (var part = 0; part < partCount; part++)
            {
                var free = slab[part].HasRemoteFreeFlag || (owner & HeapToken.SeizedBit) != 0
                    ? slab[part].FreeBlocks()
                    : slab[part].ReadFreeBits();
                (isEmpty, hasFree) = (isEmpty && free == slab[part].AllBlocks, hasFree || free != 0);
            }

            if (hasFree && slab->Class == classIndex)
            {
                return [latest];
            }

            if (isEmpty && partCount != 0)
            {
                empty.Add(latest);
            }
        }

        return empty;
    }

    /// <summary>Marks the owner of a slab: from now on the owner takes no block of the slab.</summary>
    private void Mark(SlabPart* slab)
    {
        var owner = slab->Owner;
        var former = FormerHeap(owner);
        if (former != null)
        {
            former->CountSeized();
        }

        var partCount = ArenaMemory.PartCountOf(slab);
        for (var part = 0; part < partCount; part++)
        {
            slab[part].ChangeOwner(owner | HeapToken.SeizedBit);
            KillPoint.Hit(CrashWindow.SeizeOwnerMarked);
        }
    }

    private bool IsReached(ulong owner) =>
        membership.IsOwn(HeapToken.ProcessOf(owner)) || SharedBarrier.Reaches(IsRegistered(owner));

    /// <summary>Returns true if a shared barrier reaches the thread of a heap although it reaches only registered processes.</summary>
    private bool IsRegistered(ulong owner)
    {
        var former = FormerHeap(owner);
        return former == null || former->IsReachedByBarrier != 0 || membership.IsOwn(HeapToken.ProcessOf(owner));
    }

    private bool TryTake(long index, HeapSlabs heap)
    {
        var slab = memory.Parts + index;
        (int classIndex, int partCount) = (slab->Class, slab->PartCount);
        if (!memory.IsConsistentSlab(index, classIndex, partCount) || IsEntered(index, partCount, slab->Owner))
        {
            return false;
        }

        for (var part = 0; part < partCount; part++)
        {
            slab[part].ChangeOwner(heap.Owner);
            KillPoint.Hit(CrashWindow.SeizeOwnerWritten);
            slab[part].DeriveFreeBits();
            KillPoint.Hit(CrashWindow.SeizeFreeBitsWritten);
        }

        heap.Add(index, classIndex, partCount);

        // A thread that freed a block meanwhile may have set its hint for the former owner or position. A thread that sets a
        // hint after this barrier sees the new ones. The call below finds the flags that were set before the barrier.
        SlabPart.FenceOwnerChanges();
        heap.CollectSlab(index, classIndex, partCount);
        KillPoint.Hit(CrashWindow.SeizeListed);
        return true;
    }

    /// <summary>Returns true if the thread of a heap is in one of the parts, even after some time.</summary>
    private bool IsEntered(long index, int partCount, ulong owner)
    {
        var former = FormerHeap(owner);
        var spin = new SpinWait();
        for (var look = 0; former != null && former->ReadEnteredPart() - index is >= 0 and var distance && distance < partCount; look++)
        {
            if (look == MostLooks)
            {
                return true;
            }

            KillPoint.Look(ref look, MostLooks);
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return false;
    }

    /// <summary>Returns the slot of a living heap; null if the heap's process has exited and another heap uses the slot.</summary>
    private HeapSlot* FormerHeap(ulong owner)
    {
        var index = HeapToken.HeapIndexOf(owner);
        return index < memory.HeapsEverUsed && memory.Heap(index)->Owner == HeapToken.ProcessOf(owner) ? memory.Heap(index) : null;
    }
}
