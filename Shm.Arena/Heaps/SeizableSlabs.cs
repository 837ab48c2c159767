using Shm.Arena.Native;

namespace Shm.Arena;

/// <summary>
/// Finds slabs of other heaps that an allocation without room can use. The search looks at the block states of those parts whose
/// bit in the free-part map is set, and at no other memory, so it takes little time in a full arena. It needs no lock, and its
/// result may be out of date.
/// </summary>
internal sealed unsafe class SeizableSlabs(ArenaMemory memory, Membership membership)
{
    /// <summary>Class of an allocation that needs free pages, and no block of a slab.</summary>
    internal const int NoClass = -1;

    /// <summary>
    /// Least and greatest number of full parts that a search marks. For fewer parts, marking takes longer than looking at them.
    /// </summary>
    private const int MinMarked = 64, MaxMarked = 1 << 16;

    /// <summary>
    /// Returns true if another heap has a slab without live blocks, or a slab of the class with a free block. A search that finds
    /// none marks the full parts that it has seen, so that the next search passes over them.
    /// </summary>
    internal bool HasAny(ulong self, int classIndex)
    {
        var full = new List<long>();
        for (long from = 1; TryNextOfOthers(self, ref from, out var index, out var partCount);)
        {
            ulong free = 0;
            var isEmpty = true;
            for (var part = index; part < index + partCount; part++)
            {
                var freeOfPart = memory.Parts[part].FreeBlocks();
                (free, isEmpty) = (free | freeOfPart, isEmpty && freeOfPart == memory.Parts[part].AllBlocks);
                if (freeOfPart == 0 && full.Count < MaxMarked)
                {
                    full.Add(part);
                }
            }

            if (isEmpty || (free != 0 && memory.Parts[index].Class == classIndex))
            {
                return true;
            }
        }

        if (full.Count >= MinMarked)
        {
            MarkFull(full);
        }

        return false;
    }

    /// <summary>
    /// Finds the next slab of another heap that has a free block of a class, or, for <see cref="NoClass"/>, that has no live
    /// block.
    /// </summary>
    /// <param name="self">Token of the heap that allocates.</param>
    /// <param name="classIndex">The class, or <see cref="NoClass"/>.</param>
    /// <param name="from">Part at which the search begins; receives the part at which the next search begins.</param>
    /// <param name="index">Receives the index of the slab.</param>
    /// <returns>False if there is no further slab.</returns>
    internal bool TryNext(ulong self, int classIndex, ref long from, out long index)
    {
        while (TryNextOfOthers(self, ref from, out index, out var partCount))
        {
            if (classIndex == NoClass
                ? IsEmpty(index, partCount)
                : memory.Parts[index].Class == classIndex && HasFreeBlock(index, partCount))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns true if all blocks of a slab are free.</summary>
    internal bool IsEmpty(long index, int partCount)
    {
        var isEmpty = true;
        for (var part = memory.Parts + index; isEmpty && partCount > 0; part++, partCount--)
        {
            isEmpty = part->FreeBlocks() == part->AllBlocks;
        }

        return isEmpty;
    }

    /// <summary>
    /// Returns true if a shared barrier reaches the thread of a heap: the heap belongs to this process, or its process is
    /// registered for such barriers.
    /// </summary>
    internal bool IsRegistered(ulong owner)
    {
        var former = FormerHeap(owner);
        return former == null || former->IsReachedByBarrier != 0 || membership.IsOwn(HeapToken.ProcessOf(owner));
    }

    /// <summary>Returns the slot of a heap; null if the heap's process has exited and another heap uses the slot.</summary>
    internal HeapSlot* FormerHeap(ulong owner)
    {
        var index = HeapToken.HeapIndexOf(owner);
        return index < memory.HeapsEverUsed && memory.Heap(index)->Owner == HeapToken.ProcessOf(owner) ? memory.Heap(index) : null;
    }

    /// <summary>Finds the next slab of another heap that has a part that may have free blocks.</summary>
    private bool TryNextOfOthers(ulong self, ref long from, out long index, out int partCount)
    {
        var count = memory.PartsEverUsed;
        for (var part = memory.FreeParts.Next(from, count); part < count; part = memory.FreeParts.Next(from, count))
        {
            index = part - memory.Parts[part].PartIndex;
            var slab = memory.Parts + index;
            partCount = index > 0 ? ArenaMemory.PartCountOf(slab) : 0;
            from = Math.Max(part, index + partCount - 1) + 1;
            if (partCount != 0 && slab->ReadState() == SlabState.Slab && CanSeizeFrom(slab->ReadOwner(), self))
            {
                return true;
            }
        }

        (from, index, partCount) = (count, 0, 0);
        return false;
    }

    /// <summary>
    /// Marks parts as full. An owner that frees a block meanwhile either sees the threshold and clears the mark, or this thread sees
    /// the free block after the barrier and clears the mark. The same holds for an owner that raises the threshold meanwhile.
    /// </summary>
    private void MarkFull(List<long> parts)
    {
        var reachesUnregistered = false;
        foreach (var part in parts)
        {
            reachesUnregistered |= !IsRegistered(memory.Parts[part].ReadOwner());
            memory.Parts[part].WriteUpdateThreshold(SlabPart.EveryFree);
            memory.FreeParts.Clear(part);
        }

        var isReached = SharedBarrier.TryRun(reachesUnregistered);
        foreach (var part in parts)
        {
            if (!isReached || memory.Parts[part].HasRemoteFreeFlag || memory.Parts[part].FreeBlocks() != 0
                || memory.Parts[part].UpdateThreshold != SlabPart.EveryFree)
            {
                memory.FreeParts.Set(part);
            }
        }
    }

    private bool HasFreeBlock(long index, int partCount)
    {
        ulong free = 0;
        for (var part = memory.Parts + index; partCount > 0; part++, partCount--)
        {
            free |= part->FreeBlocks();
        }

        return free != 0;
    }

    private bool CanSeizeFrom(ulong owner, ulong self) =>
        owner != self && (membership.IsOwn(HeapToken.ProcessOf(owner)) || SharedBarrier.Reaches(IsRegistered(owner)));
}
