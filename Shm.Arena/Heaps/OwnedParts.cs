using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Writes to the slab parts that a heap owns. Another heap may seize any slab of the heap at any time, see
/// <see cref="SlabSeizure"/>. This object therefore writes to a part only after it has entered the part and has seen that the heap
/// still owns it. One thread at a time uses this object.
/// </summary>
internal sealed unsafe class OwnedParts(ArenaMemory memory, HeapSlot* slot, ulong owner)
{
    /// <summary>The part that the heap's thread has entered.</summary>
    internal EnteredPart Entered => new(&slot->EnteredPart);

    /// <summary>Sets the free bits of blocks that other threads freed.</summary>
    /// <returns>False if the heap does not own the part any more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryCollect(SlabPart* part)
    {
        if (!part->HasRemoteFreeFlag)
        {
            return true;
        }

        return TryCollectFlagged(part);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryCollectFlagged(SlabPart* part)
    {
        var isOwned = TryEnter(part);
        if (isOwned)
        {
            // A thread that set the flag may have exited before it set the bit.
            memory.FreeParts.Set(memory.IndexOf(part));
            part->Collect();
        }

        Entered.Leave();
        return isOwned;
    }

    /// <summary>Records in the free-part map that a part has no free block, if this is so and the heap still owns the part.</summary>
    internal void MarkFull(SlabPart* part)
    {
        if (TryEnter(part) && part->FreeBits == 0)
        {
            var index = memory.IndexOf(part);
            part->WriteUpdateThreshold(SlabPart.EveryFree);
            memory.FreeParts.Clear(index);
            if (part->HasRemoteFreeFlag)
            {
                // Another thread has freed a block, and may have set the bit before it was cleared.
                memory.FreeParts.Set(index);
            }
        }

        Entered.Leave();
    }

    /// <summary>Writes a part's position, unless another heap has seized the part already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPlace(SlabPart* part, int position)
    {
        var isOwned = TryEnter(part);
        if (isOwned)
        {
            part->Position = position;
            part->WriteUpdateThreshold(part->FreeBits == 0 ? SlabPart.EveryFree : part->EmptyingFree);
        }

        Entered.Leave();
        return isOwned;
    }

    /// <summary>Raises the threshold, unless the heap has lost the part.</summary>
    internal bool TryRaiseThreshold(SlabPart* part, ulong threshold)
    {
        var isOwned = TryEnter(part);
        if (isOwned)
        {
            part->WriteUpdateThreshold(threshold);
        }

        Entered.Leave();

        // Another thread may have marked the part as full before the threshold was raised. No later free would clear that mark. If
        // that thread marks the part after this read, it sees the raised threshold after its barrier.
        memory.FreeParts.Set(memory.IndexOf(part));
        return isOwned;
    }

    /// <summary>
    /// Lets the next free of one of the part's blocks update the tables, unless the part has a free block or the heap has lost it.
    /// </summary>
    internal bool TryLowerThreshold(SlabPart* part)
    {
        var isFull = TryEnter(part) && part->FreeBits == 0;
        if (isFull)
        {
            part->WriteUpdateThreshold(SlabPart.EveryFree);
        }

        Entered.Leave();
        return isFull;
    }

    /// <summary>Enters a part, and returns true if the heap owns it. The caller leaves the part in either case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnter(SlabPart* part)
    {
        Entered.Enter(part);
        return part->ReadOwner() == owner;
    }
}
