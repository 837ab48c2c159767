namespace PerfTests.Metrics.Traces;

/// <summary>Keeps a fixed number of slots in the order of their last use, in a doubly linked list that two arrays hold.</summary>
internal sealed class LeastRecentlyUsed
{
    private readonly int[] _newer;
    private readonly int[] _older;
    private readonly int[] _free;
    private readonly int _ends;
    private int _freeCount;

    /// <summary>Creates the order with all slots free.</summary>
    public LeastRecentlyUsed(int slotCount)
    {
        // The last entry is both ends of the list: its newer neighbour is the oldest slot, and its older neighbour is the newest
        // slot.
        _ends = slotCount;
        _newer = new int[slotCount + 1];
        _older = new int[slotCount + 1];
        _newer[_ends] = _ends;
        _older[_ends] = _ends;
        _free = [.. Enumerable.Range(0, slotCount)];
        _freeCount = slotCount;
    }

    /// <summary>Number of slots in use.</summary>
    public int UsedCount { get; private set; }

    /// <summary>Takes a free slot, which becomes the newest. Returns false if no slot is free.</summary>
    public bool TryTakeFree(out int slot)
    {
        slot = _freeCount > 0 ? _free[--_freeCount] : -1;
        if (slot < 0)
        {
            return false;
        }

        UsedCount++;
        Append(slot);
        return true;
    }

    /// <summary>Takes the least recently used slot, which becomes the newest.</summary>
    public int TakeOldest()
    {
        var slot = _newer[_ends];
        Touch(slot);
        return slot;
    }

    /// <summary>Marks a slot in use as the newest.</summary>
    public void Touch(int slot)
    {
        Unlink(slot);
        Append(slot);
    }

    /// <summary>Frees a slot in use.</summary>
    public void GiveBack(int slot)
    {
        Unlink(slot);
        UsedCount--;
        _free[_freeCount++] = slot;
    }

    private void Append(int slot)
    {
        var newest = _older[_ends];
        _newer[newest] = slot;
        _older[slot] = newest;
        _newer[slot] = _ends;
        _older[_ends] = slot;
    }

    private void Unlink(int slot)
    {
        _newer[_older[slot]] = _newer[slot];
        _older[_newer[slot]] = _older[slot];
    }
}
