namespace Shm.Arena;

/// <summary>
/// The stacks of slabs with free blocks, one per size class. Any thread pushes; only the holder of the supply lock
/// pops, so a slab can't come back between a look at the top and the exchange. Who changes
/// <see cref="SlabNode.Listed"/> from 0 to 1 is the one to push, so a slab is never listed twice.
/// </summary>
internal readonly unsafe struct SlabLists(ArenaMemory memory)
{
    /// <summary>Lists a slab that got a block back, unless it is listed.</summary>
    internal void PushIfUnlisted(SlabNode* slab)
    {
        if (Volatile.Read(ref slab->Listed) == 0 && Interlocked.CompareExchange(ref slab->Listed, 1, 0) == 0)
        {
            Push(slab);
        }
    }

    /// <summary>Puts a slab that the caller has the listing of onto its class's stack.</summary>
    internal void Push(SlabNode* slab)
    {
        ref long top = ref memory.Classes[slab->Class].FirstPartial;
        long offset = memory.OffsetOf(slab);
        long seen = Volatile.Read(ref top);
        do
        {
            slab->Next = seen;
        }
        while ((seen = Interlocked.CompareExchange(ref top, offset, seen)) != slab->Next);
    }

    /// <summary>Pops a slab, whose listing passes to the caller; null if there is none. Needs the supply lock.</summary>
    internal SlabNode* Pop(int classIndex)
    {
        ref long top = ref memory.Classes[classIndex].FirstPartial;
        long seen = Volatile.Read(ref top);
        while (seen != 0)
        {
            SlabNode* slab = memory.Node(seen);
            long found = Interlocked.CompareExchange(ref top, slab->Next, seen);
            if (found == seen)
            {
                return slab;
            }

            seen = found;
        }

        return null;
    }

    /// <summary>Leaves a full slab to itself: the next block given back lists it. Needs the supply lock.</summary>
    internal void Retire(SlabNode* slab)
    {
        // A full exchange, so that either we see the block given back now or its giver sees the slab unlisted.
        Interlocked.Exchange(ref slab->Listed, 0);
        if (Volatile.Read(ref slab->FreeBits) != 0)
        {
            PushIfUnlisted(slab);
        }
    }
}
