namespace Shm.Arena;

/// <summary>
/// Takes back what dead processes held. Each step is one word that is changed from what a dead process left, so it
/// does not matter how many recover at once, whether one of them dies over it, or who works on meanwhile:
/// <list type="number">
/// <item>A slab of a dead process's heap gets a living owner, who makes its list of free blocks from the words.</item>
/// <item>A block whose holder is dead becomes free.</item>
/// <item>Of a part with a free block that is not listed, which somebody who died left between two steps, notice is given.</item>
/// </list>
/// A block on its way to another process is nobody's yet, and stays.
/// </summary>
internal sealed unsafe class ArenaRecovery(ArenaCore core)
{
    private readonly ArenaMemory _memory = core.Memory;

    internal ArenaRecoveryResult Run(ShmHeap heap)
    {
        long departures = Volatile.Read(ref _memory.Header->Departures);
        var holders = new HolderLives(core.Membership);
        uint[] dead = DeadMembers(ref holders);
        (int slabs, int blocks, long bytes) = (0, 0, 0);

        // Whoever died as holder of the supply lock must not be what the next allocation waits for.
        core.EnterSupply();
        core.ExitSupply();
        long count = _memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            SlabPart* slab = _memory.Parts + index;
            uint state = Volatile.Read(ref slab->State);
            if (state is not (SlabState.Slab or SlabState.Large))
            {
                continue;
            }

            KillPoint.Hit(CrashWindow.RecoverSlabStateRead);
            slabs += state == SlabState.Slab && TryAdopt(index, heap, ref holders) ? 1 : 0;

            int parts = Math.Min(slab->PartCount, (byte)ArenaLayout.MaxSlabParts);
            long blockBytes = slab->BlockBytes;
            for (int part = 0; part < parts; part++)
            {
                int reclaimed = ReclaimBlocks(slab, slab + part, ref holders);
                (blocks, bytes) = (blocks + reclaimed, bytes + (reclaimed * blockBytes));
                MendNotice(slab, slab + part, state);
            }
        }

        KillPoint.Hit(CrashWindow.RecoverNotRecorded);
        core.Membership.NoteRecovery(departures, dead);
        return new ArenaRecoveryResult(slabs, blocks, bytes);
    }

    /// <summary>Gives back blocks on offer whose offerer is dead.</summary>
    internal int ReclaimOffered()
    {
        var holders = new HolderLives(core.Membership);
        int reclaimed = 0;
        for (long index = 1; index < _memory.PartsEverUsed; index++)
        {
            SlabPart* slab = _memory.Parts + index;
            if (slab->State is SlabState.Slab or SlabState.Large)
            {
                for (int part = 0; part < Math.Min(slab->PartCount, (byte)ArenaLayout.MaxSlabParts); part++)
                {
                    reclaimed += ReclaimBlocks(slab, slab + part, ref holders, isOffered: true);
                }
            }
        }

        return reclaimed;
    }

    private uint[] DeadMembers(ref HolderLives holders)
    {
        var dead = new List<uint>();
        for (int slot = 0; slot < ArenaLayout.ProcessCount; slot++)
        {
            if (Volatile.Read(ref _memory.Processes[slot].Token) is not 0 and var token && !holders.IsAlive(token))
            {
                dead.Add(token);
            }
        }

        return [.. dead];
    }

    private bool TryAdopt(long index, ShmHeap heap, ref HolderLives holders)
    {
        SlabPart* slab = _memory.Parts + index;
        if (holders.IsAlive(HeapToken.ProcessOf(Volatile.Read(ref slab->Owner))))
        {
            return false;
        }

        // Under the lock no slab is made or given up: what is seen now is not half of either.
        core.EnterSupply();
        try
        {
            (int classIndex, int partCount) = (slab->Class, slab->PartCount);
            if (slab->State != SlabState.Slab || holders.IsAlive(HeapToken.ProcessOf(slab->Owner))
                || !IsWhole(index, classIndex, partCount))
            {
                return false;
            }

            for (int part = 0; part < partCount; part++)
            {
                slab[part].Owner = heap.Owner;
                KillPoint.Hit(CrashWindow.AdoptOwnerWritten);

                // What the former owner's list says may be half a step behind; the words are not.
                Volatile.Write(ref slab[part].LocalFree, SlabPart.FreeBlocks(slab + part));
                KillPoint.Hit(CrashWindow.AdoptFreeBitsWritten);
            }

            // Listed before anything else: what comes back from now on is found like what anybody frees.
            heap.Lists.Add(index, classIndex, partCount);
            KillPoint.Hit(CrashWindow.AdoptListed);
            return true;
        }
        finally
        {
            core.ExitSupply();
        }
    }

    /// <summary>Whether a slab's parts say of themselves what its first part says of them.</summary>
    private bool IsWhole(long index, int classIndex, int partCount)
    {
        bool isWhole = classIndex < SizeClasses.Count && partCount is >= 1 and <= ArenaLayout.MaxSlabParts
            && index + partCount <= _memory.Layout.PartCount;
        for (int part = 0; isWhole && part < partCount; part++)
        {
            isWhole = _memory.Parts[index + part].PartIndex == part && _memory.Parts[index + part].Class == classIndex;
        }

        return isWhole;
    }

    private int ReclaimBlocks(SlabPart* slab, SlabPart* part, ref HolderLives holders, bool isOffered = false)
    {
        int reclaimed = 0;
        ulong all = part->AllBlocks;
        for (int index = 0; index < SlabPart.MaxBlocks && all >> index != 0; index++)
        {
            ulong word = Volatile.Read(ref SlabPart.Word(part, index));
            uint holder = BlockWord.HolderOf(word);
            bool isInTransit = (holder & ProcessToken.InTransit) != 0;
            if (holder != 0 && isInTransit == isOffered && !holders.IsAlive(holder)
                && Interlocked.CompareExchange(ref SlabPart.Word(part, index), BlockWord.GiveBack(word), word) == word)
            {
                KillPoint.Hit(CrashWindow.RecoverHolderCleared);
                core.GaveBack(slab, part);
                reclaimed++;
            }
        }

        return reclaimed;
    }

    /// <summary>Gives the notice that somebody who died had no time to give.</summary>
    private void MendNotice(SlabPart* slab, SlabPart* part, uint state)
    {
        if (state == SlabState.Large)
        {
            if (!BlockWord.IsLive(Volatile.Read(ref SlabPart.Word(part, 0))))
            {
                KillPoint.Hit(CrashWindow.RecoverLargeBlockFound);
                core.ReleaseLarge(slab);
            }

            return;
        }

        // The owner may be between a word and his list: the notice is then one too many.
        bool isUnlisted = (SlabPart.FreeBlocks(part) & ~Volatile.Read(ref part->LocalFree)) != 0;
        if (isUnlisted || Volatile.Read(ref part->Notice) != 0)
        {
            KillPoint.Hit(CrashWindow.RecoverFlagMissing);
            core.GiveNotice(part);
        }
    }
}
