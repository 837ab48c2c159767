using Shm.Arena.Native;

namespace Shm.Arena;

/// <summary>
/// Makes a heap the owner of slabs of other heaps, although the threads of these heaps live. A heap that finds no room seizes a
/// slab that has a free block of the class it needs. Without such a slab, it seizes and releases empty slabs until there is room.
/// So free blocks can be allocated by any thread, even while the threads of the other heaps sleep, are blocked or are stopped.
/// </summary>
/// <remarks>
/// A seizure holds the supply lock. It takes these steps: it marks the slab's owner, so that the owner takes no further block
/// and frees no block to the slab; it runs a <see cref="SharedBarrier"/>; it skips the slab if the owner's thread is in one of
/// the slab's parts, see <see cref="EnteredPart"/>; it writes the new owner and derives the free bits from the block states, or
/// releases the slab. A skipped slab stays marked: its owner has lost it, and a later seizure takes it.
/// </remarks>
internal sealed unsafe class SlabSeizure(ArenaMemory memory, Membership membership, SharedSupply supply)
{
    /// <summary>
    /// Number of times that a seizure looks again whether the owner's thread has left a part. A running thread leaves a part
    /// after some nanoseconds.
    /// </summary>
    private const int MaxLooks = 100;

    /// <summary>Maximum number of empty slabs that are seized with one barrier.</summary>
    private const int BatchSize = 64;

    private readonly SeizableSlabs _slabs = new(memory, membership);

    /// <summary>Allocates a block of a size class from slabs of other heaps, or from pages of their empty slabs.</summary>
    /// <returns>False if there is no free block of the class, and no room for a slab.</returns>
    internal bool TryTake(ShmHeap heap, int classIndex, long byteCount, out Shm.Core.ShmBlock block)
    {
        block = default;

        // Most of the time there is nothing to seize, and the lock is not needed to find that out.
        if (!_slabs.HasAny(heap.Slabs.Owner, classIndex))
        {
            return false;
        }

        supply.Enter();
        try
        {
            long from = 1;
            while (_slabs.TryNext(heap.Slabs.Owner, classIndex, ref from, out var index))
            {
                // The block is taken before the lock is released, so that no other heap seizes the slab in between.
                if (TrySeize([index], heap.Slabs, releasesEmpty: false) && TryTakeFrom(heap, index, byteCount, out block))
                {
                    return true;
                }
            }

            from = 1;
            do
            {
                var index = supply.Entered.TryCreateSlab(classIndex, heap.Slabs.Owner);
                if (index != 0)
                {
                    heap.Slabs.Add(index, classIndex, ArenaMemory.PartCountOf(memory.Parts + index));
                    return TryTakeFrom(heap, index, byteCount, out block);
                }
            }
            while (TryReleaseEmpty(heap.Slabs, ref from));

            return false;
        }
        finally
        {
            supply.Exit();
        }
    }

    /// <summary>Creates a large block from pages of empty slabs of other heaps.</summary>
    /// <returns>Index of the block's part; 0 if there is no room.</returns>
    internal long TryCreateLarge(ShmHeap heap, long byteCount, long alignment)
    {
        if (!_slabs.HasAny(heap.Slabs.Owner, SeizableSlabs.NoClass))
        {
            return 0;
        }

        supply.Enter();
        try
        {
            long index = 0;
            for (long from = 1; index == 0 && TryReleaseEmpty(heap.Slabs, ref from);)
            {
                index = supply.Entered.TryCreateLarge(byteCount, alignment, membership.Token);
            }

            return index;
        }
        finally
        {
            supply.Exit();
        }
    }

    private bool TryTakeFrom(ShmHeap heap, long index, long byteCount, out Shm.Core.ShmBlock block)
    {
        var slab = memory.Parts + index;
        var partCount = ArenaMemory.PartCountOf(slab);
        block = default;
        var isTaken = false;
        for (var part = 0; part < partCount && !isTaken; part++)
        {
            isTaken = heap.TryTake(slab + part, byteCount, out block);
        }

        return isTaken;
    }

    /// <summary>Seizes the next empty slabs, and releases those that are still empty.</summary>
    /// <returns>False if there is no further empty slab.</returns>
    private bool TryReleaseEmpty(HeapSlabs heap, ref long from)
    {
        List<long> batch = [];
        while (batch.Count < BatchSize && _slabs.TryNext(heap.Owner, SeizableSlabs.NoClass, ref from, out var index))
        {
            batch.Add(index);
        }

        if (batch.Count != 0)
        {
            TrySeize(batch, heap, releasesEmpty: true);
        }

        return batch.Count != 0;
    }

    /// <summary>Seizes slabs for a heap.</summary>
    /// <param name="indexes">Indexes of the slabs.</param>
    /// <param name="heap">Slabs of the heap.</param>
    /// <param name="releasesEmpty">True releases the empty slabs instead.</param>
    /// <returns>True if the last slab was seized.</returns>
    private bool TrySeize(List<long> indexes, HeapSlabs heap, bool releasesEmpty)
    {
        var reachesUnregistered = false;
        foreach (var index in indexes)
        {
            reachesUnregistered |= !_slabs.IsRegistered(memory.Parts[index].Owner);
            Mark(memory.Parts + index);
        }

        var isReached = SharedBarrier.TryRun(reachesUnregistered);

        // The heap may have lost one of these slabs earlier. Its entries must go before the slab belongs to the heap again.
        heap.DropSeized();
        var isSeized = false;
        foreach (var index in indexes)
        {
            isSeized = (isReached || membership.IsOwn(HeapToken.ProcessOf(memory.Parts[index].Owner)))
                && TryFinish(index, heap, releasesEmpty);
        }

        return isSeized;
    }

    /// <summary>Marks the owner of a slab: from now on the owner takes no block of the slab.</summary>
    private void Mark(SlabPart* slab)
    {
        var owner = slab->Owner;
        var partCount = ArenaMemory.PartCountOf(slab);
        for (var part = 0; part < partCount; part++)
        {
            slab[part].ChangeOwner(owner | HeapToken.SeizedBit);
            KillPoint.Hit(CrashWindow.SeizeOwnerMarked);
        }

        // The owner must not see the count before the marks: it would look for marked parts too early and never again.
        var former = _slabs.FormerHeap(owner);
        if (former != null)
        {
            former->CountSeized();
        }
    }

    /// <summary>Gives a marked slab to a heap, or releases it.</summary>
    /// <returns>False if the thread of the former owner is in one of the slab's parts.</returns>
    private bool TryFinish(long index, HeapSlabs heap, bool releasesEmpty)
    {
        var slab = memory.Parts + index;
        (int classIndex, int partCount) = (slab->Class, slab->PartCount);
        if (!memory.IsConsistentSlab(index, classIndex, partCount) || IsEntered(index, partCount, slab->Owner))
        {
            return false;
        }

        if (releasesEmpty && _slabs.IsEmpty(index, partCount))
        {
            supply.Entered.Release(index);
            return true;
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
        var former = _slabs.FormerHeap(owner);
        var spin = new SpinWait();
        for (var look = 0; former != null && former->ReadEnteredPart() - index is >= 0 and var distance && distance < partCount; look++)
        {
            if (look == MaxLooks)
            {
                return true;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        return false;
    }
}
