namespace Shm.Arena;

/// <content>Slabs as a whole: which are empty, which are kept, and what takes them off the lists.</content>
internal sealed unsafe partial class HeapLists
{
    /// <summary>Keeps a slab that nobody needs for the next need, as far as this heap's share goes of what all may keep.</summary>
    private bool TryKeep(ref PartList list, SlabPart* slab)
    {
        if (list.IsKept(slab->Position))
        {
            return true;
        }

        long heaps = Math.Clamp(_memory.Header->HeapsEverUsed, 1, ArenaLayout.HeapCount);
        if ((_keptPages + slab->PageCount) * KeptShare * heaps > _memory.Layout.PageCount)
        {
            return false;
        }

        list.SetKept(slab->Position, true);
        _keptPages += slab->PageCount;
        return true;
    }

    /// <summary>Whether no block of the part's slab is out and none of its parts is current.</summary>
    private bool IsEmpty(SlabPart* part, out SlabPart* slab)
    {
        slab = FirstOf(part);
        if (slab == null)
        {
            return false;
        }

        for (int index = 0; index < slab->PartCount; index++)
        {
            if (slab[index].LocalFree != slab[index].AllBlocks || IsCurrent(slab + index))
            {
                return false;
            }
        }

        return true;
    }

    private SlabPart* Remove(ref PartList list, SlabPart* slab)
    {
        for (int index = 0; index < slab->PartCount; index++)
        {
            int position = slab[index].Position;
            if (list[position] != (uint)_memory.IndexOf(slab + index))
            {
                continue;
            }

            if (list.IsKept(position))
            {
                _keptPages -= slab->PageCount;
            }

            list.Remove(position);
        }

        return slab;
    }

    private bool IsCurrent(SlabPart* part) => part->Class is < SizeClasses.Count and var classIndex && part == CurrentOf(classIndex);

    /// <summary>The first part of a part's slab, if the slab is this heap's and lies as its parts say; otherwise null.</summary>
    private SlabPart* FirstOf(SlabPart* part)
    {
        SlabPart* slab = part - part->PartIndex;
        if (slab <= _memory.Parts)
        {
            return null;
        }

        int classIndex = slab->Class;
        bool isWhole = part->PartIndex < slab->PartCount && slab->PartCount <= ArenaLayout.MaxSlabParts
            && slab->State == SlabState.Slab && slab->Owner == _owner && classIndex == part->Class && classIndex < SizeClasses.Count;
        return isWhole && _lists[classIndex][slab->Position] == (uint)_memory.IndexOf(slab) ? slab : null;
    }
}
