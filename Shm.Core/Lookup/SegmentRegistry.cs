namespace Shm.Core;

/// <summary>
/// Adds segments to a table and removes them, in constant time and under a lock. Other threads resolve addresses meanwhile
/// without the lock.
/// </summary>
internal sealed class SegmentRegistry
{
    private readonly Lock _gate = new();
    private SegmentTable _table = new(16);
    private int[] _freeSlots = new int[16];
    private int _freeCount;
    private int _liveCount;
    private bool _isClosed;

    /// <summary>Number of segments in the table.</summary>
    internal int LiveCount => Volatile.Read(ref _liveCount);

    /// <summary>Current table. When the slots of a table are used up, a larger table replaces it.</summary>
    internal SegmentTable Table => Volatile.Read(ref _table);

    /// <summary>Adds a segment.</summary>
    /// <param name="remoteAddress">Address of the segment's first byte in the owner's address space.</param>
    /// <param name="byteCount">Length in bytes of the range in which addresses resolve.</param>
    /// <param name="segment">The mapped segment.</param>
    /// <exception cref="ObjectDisposedException">The registry is closed.</exception>
    internal (uint Slot, uint Generation) Add(ulong remoteAddress, long byteCount, ShmSegment segment)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(IShmAllocator));
            var count = _table.Count;
            var slot = _freeCount > 0 ? _freeSlots[--_freeCount] : count;
            if (slot == _table.Capacity)
            {
                Volatile.Write(ref _table, _table.Grow());
                Array.Resize(ref _freeSlots, _table.Capacity);
            }

            var generation = _table.Set(slot, remoteAddress, byteCount, segment.Address, segment);
            _table.Count = Math.Max(count, slot + 1);
            _liveCount++;
            return ((uint)slot, generation);
        }
    }

    /// <summary>Removes a segment, so that no address in it resolves any longer.</summary>
    /// <param name="slot">Slot of the segment.</param>
    /// <param name="generation">Generation that <see cref="Add"/> returned for the segment.</param>
    /// <param name="byteCount">Expected length of the segment in bytes; null accepts any length.</param>
    /// <returns>The removed segment, or null if slot, generation and length match no segment.</returns>
    internal ShmSegment? Remove(uint slot, uint generation, long? byteCount = null)
    {
        lock (_gate)
        {
            if (_table.Find(slot, generation, out _) is not { } segment
                || (byteCount is { } expected && expected != segment.Length))
            {
                return null;
            }

            _table.Clear((int)slot);
            _liveCount--;
            _freeSlots[_freeCount++] = (int)slot;
            if (_liveCount == 0)
            {
                // The table is empty. With a count of 0, later scans skip the slots that were in use before.
                (_freeCount, _table.Count) = (0, 0);
            }

            return segment;
        }
    }

    /// <summary>Returns a value of each segment of the table. No segment is removed meanwhile, so none is disposed.</summary>
    /// <param name="select">Returns the value of a segment. It runs under the lock.</param>
    internal List<T> Select<T>(Func<ShmSegment, T> select)
    {
        lock (_gate)
        {
            return [.. Enumerable.Range(0, _table.Count).Select(_table.LiveSegment).OfType<ShmSegment>().Select(select)];
        }
    }

    /// <summary>Removes all segments and returns them. <see cref="Add"/> throws from then on.</summary>
    internal List<ShmSegment> Close()
    {
        lock (_gate)
        {
            var removed = Select(segment => segment);
            for (var slot = 0; slot < _table.Count; slot++)
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
