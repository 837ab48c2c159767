namespace Shm.Core;

/// <summary>Adds and removes segments under a lock, in constant time, while others look addresses up.</summary>
internal sealed class SegmentRegistry
{
    private readonly Lock _gate = new();
    private SegmentTable _table = new(16);
    private int[] _freeSlots = new int[16];
    private int _freeCount;
    private int _liveCount;
    private bool _isClosed;

    internal int LiveCount => Volatile.Read(ref _liveCount);

    internal SegmentTable Table => Volatile.Read(ref _table);

    internal (uint Slot, uint Generation) Add(ulong remoteAddress, long byteCount, ShmSegment segment)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(IShmAllocator));
            int count = _table.Count;
            int slot = _freeCount > 0 ? _freeSlots[--_freeCount] : count;
            if (slot == _table.Capacity)
            {
                Volatile.Write(ref _table, _table.Grow());
                Array.Resize(ref _freeSlots, _table.Capacity);
            }

            uint generation = _table.Set(slot, remoteAddress, byteCount, segment.Address, segment);
            _table.Count = Math.Max(count, slot + 1);
            _liveCount++;
            return ((uint)slot, generation);
        }
    }

    /// <returns>The segment, which nobody can find any more, or null if there is no such one.</returns>
    internal ShmSegment? Remove(uint slot, uint generation, long? byteCount = null)
    {
        lock (_gate)
        {
            if (_table.Find(slot, generation, out _) is not { } segment
                || (byteCount is { } announced && announced != segment.Length))
            {
                return null;
            }

            _table.Clear((int)slot);
            _liveCount--;
            _freeSlots[_freeCount++] = (int)slot;
            if (_liveCount == 0)
            {
                // Empty again: scans need not pass over the slots that were once in use.
                (_freeCount, _table.Count) = (0, 0);
            }

            return segment;
        }
    }

    internal List<ShmSegment> Live()
    {
        lock (_gate)
        {
            return [.. Enumerable.Range(0, _table.Count).Select(_table.LiveSegment).OfType<ShmSegment>()];
        }
    }

    /// <summary>Removes everything for good: one that is being added meanwhile is refused.</summary>
    internal List<ShmSegment> Close()
    {
        lock (_gate)
        {
            List<ShmSegment> removed = Live();
            for (int slot = 0; slot < _table.Count; slot++)
            {
                if (_table.LiveSegment(slot) is not null)
                {
                    _table.Clear(slot);
                }
            }

            (_isClosed, _freeCount, _liveCount, _table.Count) = (true, 0, 0, 0);
            return removed;
        }
    }
}
