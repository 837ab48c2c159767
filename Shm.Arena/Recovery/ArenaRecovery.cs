namespace Shm.Arena;

/// <summary>
/// Takes back what exited processes held. Each step changes one value in shared memory, and only if an exited process left that
/// value. Therefore several processes may run a recovery at once, any of them may exit meanwhile, and other processes may
/// allocate and free. The steps are:
/// <list type="number">
/// <item>Adoption: a slab of an exited process's heap gets a living owner, which derives its free bits from the block
/// states.</item>
/// <item>Sweep: a block that an exited process held becomes free.</item>
/// <item>Sweep: if the free bit of a free block is not set, the owner of the part is notified. A process may have exited after
/// it freed a block and before it notified the owner.</item>
/// </list>
/// An offered block stays, even if the process that offered it has exited.
/// </summary>
internal sealed unsafe class ArenaRecovery(ArenaMemory memory, Membership membership, SharedSupply supply, RemoteFrees remoteFrees)
{
    /// <summary>Runs a recovery, and releases the empty slabs of the heap that adopts slabs.</summary>
    /// <param name="heap">The calling thread's heap; null if it has none and cannot open one.</param>
    internal ArenaRecoveryResult RunAndRelease(ShmHeap? heap)
    {
        var result = Run(heap?.Slabs);
        KillPoint.Hit(CrashWindow.RecoverNothingReleased);
        if (heap is not null)
        {
            heap.Slabs.ReleaseEmpty();
        }

        return result;
    }

    /// <summary>Runs a recovery.</summary>
    /// <param name="heap">
    /// Slabs of the heap that adopts the slabs of exited processes. If null, these slabs stay as they are, and the recovery stays
    /// due, so that the next allocation that finds no room adopts them.
    /// </param>
    internal ArenaRecoveryResult Run(HeapSlabs? heap)
    {
        var departures = memory.Header->ReadDepartures();
        var exited = membership.ExitedTokens();
        var attachments = new AttachmentCache(membership);
        (var slabs, var blocks, long bytes) = (0, 0, 0);
        var isComplete = true;

        // If a process exited while it held the supply lock, this call takes the lock over. The next allocation then need not
        // do so.
        supply.Enter();
        supply.Exit();
        var count = memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            var slab = memory.Parts + index;
            var state = slab->ReadState();
            if (state is not (SlabState.Slab or SlabState.Large))
            {
                continue;
            }

            KillPoint.Hit(CrashWindow.RecoverSlabStateRead);
            if (state == SlabState.Slab && heap is not null)
            {
                slabs += TryAdopt(index, heap, ref attachments) ? 1 : 0;
            }
            else if (state == SlabState.Slab)
            {
                isComplete &= attachments.IsAttached(HeapToken.ProcessOf(slab->ReadOwner()));
            }

            var parts = ArenaMemory.PartCountOf(slab);
            var blockBytes = slab->BlockBytes;
            for (var part = 0; part < parts; part++)
            {
                var reclaimed = ReclaimBlocks(slab + part, ref attachments);
                (blocks, bytes) = (blocks + reclaimed, bytes + (reclaimed * blockBytes));
                RepeatNotification(slab, slab + part, state);
            }
        }

        KillPoint.Hit(CrashWindow.RecoverNotRecorded);
        if (isComplete)
        {
            membership.RecordRecovery(departures, exited);
        }

        return new ArenaRecoveryResult(slabs, blocks, bytes);
    }

    /// <summary>Frees offered blocks of processes that have exited.</summary>
    /// <returns>Number of freed blocks.</returns>
    internal int ReclaimOffered()
    {
        membership.ExitedTokens();
        var attachments = new AttachmentCache(membership);
        var reclaimed = 0;
        var count = memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            var slab = memory.Parts + index;
            if (slab->State is SlabState.Slab or SlabState.Large)
            {
                for (var part = 0; part < ArenaMemory.PartCountOf(slab); part++)
                {
                    reclaimed += ReclaimBlocks(slab + part, ref attachments, isOffered: true);
                }
            }
        }

        return reclaimed;
    }

    private bool TryAdopt(long index, HeapSlabs heap, ref AttachmentCache attachments)
    {
        var slab = memory.Parts + index;
        if (attachments.IsAttached(HeapToken.ProcessOf(slab->ReadOwner())))
        {
            return false;
        }

        // While this process holds the lock, no slab is created or released. If a slab exists here, it is therefore complete.
        supply.Enter();
        try
        {
            (int classIndex, int partCount) = (slab->Class, slab->PartCount);
            if (slab->State != SlabState.Slab || attachments.IsAttached(HeapToken.ProcessOf(slab->Owner))
                || !memory.IsConsistentSlab(index, classIndex, partCount))
            {
                return false;
            }

            for (var part = 0; part < partCount; part++)
            {
                slab[part].Owner = heap.Owner;
                KillPoint.Hit(CrashWindow.AdoptOwnerWritten);
                slab[part].DeriveFreeBits();
                KillPoint.Hit(CrashWindow.AdoptFreeBitsWritten);
            }

            // The slab is added before the lock is released, so the heap finds the blocks of this slab that other threads free
            // from now on.
            heap.Add(index, classIndex, partCount);
            KillPoint.Hit(CrashWindow.AdoptListed);
            return true;
        }
        finally
        {
            supply.Exit();
        }
    }

    private int ReclaimBlocks(SlabPart* part, ref AttachmentCache attachments, bool isOffered = false)
    {
        var reclaimed = 0;
        var all = part->AllBlocks;
        for (var index = 0; index < SlabPart.MaxBlocks && all >> index != 0; index++)
        {
            var reference = SlabPart.StateOf(part, index);
            var state = reference.Read();
            if (state.IsLive && state.IsOffered == isOffered && !attachments.IsAttached(state.Holder) && reference.TryFree(state, out _))
            {
                KillPoint.Hit(CrashWindow.RecoverHolderCleared);
                remoteFrees.AfterFree(part);
                reclaimed++;
            }
        }

        return reclaimed;
    }

    /// <summary>
    /// Notifies the owner of a free block, or releases a free large block. A process may have exited after it freed the block
    /// and before it took this last step.
    /// </summary>
    private void RepeatNotification(SlabPart* slab, SlabPart* part, uint state)
    {
        if (state == SlabState.Large)
        {
            if (!SlabPart.StateOf(part, 0).Read().IsLive)
            {
                KillPoint.Hit(CrashWindow.RecoverLargeBlockFound);
                supply.ReleaseLarge(slab);
            }

            return;
        }

        // The owner may have written a block's state and not yet its free bit. The notification is then superfluous but
        // harmless.
        var free = part->FreeBlocks();
        if (free != 0 || part->UpdateThreshold != SlabPart.EveryFree)
        {
            // A process may have exited after it marked the part as full, and before it wrote the threshold or looked again.
            memory.FreeParts.Set(memory.IndexOf(part));
        }

        var isBitMissing = (free & ~part->ReadFreeBits()) != 0;
        if (isBitMissing || part->HasRemoteFreeFlag)
        {
            KillPoint.Hit(CrashWindow.RecoverFlagMissing);
            remoteFrees.NotifyOwner(part);
        }
    }
}
