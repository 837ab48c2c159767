namespace Shm.Core;

/// <summary>Table of segments that resolves addresses by a linear scan. Writers hold the registry's lock; readers take no lock.</summary>
/// <remarks>
/// The version of a slot is odd while the slot holds a segment. The other fields of the slot change only while the version is
/// even. A scan ignores versions: a slot that stays live does not change, so the scan cannot miss its segment. A hit is
/// confirmed by reading the slot again between two reads of its version. Slots never move, so that removing one segment cannot
/// hide another from a running scan.
/// </remarks>
internal sealed class SegmentTable(int capacity)
{
    private readonly Range[] _ranges = new Range[capacity];
    private readonly Slot[] _slots = new Slot[capacity];
    private int _count;

    /// <summary>Number of slots.</summary>
    internal int Capacity => _ranges.Length;

    /// <summary>
    /// Number of leading slots that a scan visits. These slots include every slot that was used since the table was last empty.
    /// </summary>
    internal int Count
    {
        get => Volatile.Read(ref _count);
        set => Volatile.Write(ref _count, value);
    }

    /// <summary>Returns a copy with twice as many slots.</summary>
    internal SegmentTable Grow()
    {
        var larger = new SegmentTable(checked(Capacity * 2));
        Array.Copy(_ranges, larger._ranges, Capacity);
        Array.Copy(_slots, larger._slots, Capacity);
        larger._count = _count;
        return larger;
    }

    /// <summary>Fills an empty slot.</summary>
    /// <returns>New version of the slot, which is the generation of its segment.</returns>
    internal uint Set(int slot, ulong remoteAddress, long byteCount, nint localAddress, ShmSegment segment)
    {
        _ranges[slot] = new Range { RemoteAddress = remoteAddress, ByteCount = (ulong)byteCount };
        ref var entry = ref _slots[slot];
        (entry.LocalAddress, entry.Segment) = (localAddress, segment);
        Volatile.Write(ref entry.Version, entry.Version + 1);
        return entry.Version;
    }

    /// <summary>Empties a slot.</summary>
    internal void Clear(int slot)
    {
        ref var entry = ref _slots[slot];
        Volatile.Write(ref entry.Version, entry.Version + 1);
        Volatile.WriteBarrier();
        _ranges[slot] = default;
        (entry.LocalAddress, entry.Segment) = (0, null);
    }

    /// <summary>Returns the segment in a slot, or null. The caller holds the registry's lock.</summary>
    internal ShmSegment? LiveSegment(int slot) => _slots[slot].Segment;

    /// <summary>
    /// Returns the segment that a slot holds under the given generation, and its address in this process. Returns null if the
    /// slot holds another segment or none.
    /// </summary>
    internal ShmSegment? Find(uint slot, uint generation, out nint localAddress)
    {
        localAddress = 0;
        if (slot >= (uint)_slots.Length || (generation & 1) == 0)
        {
            return null;
        }

        ref var entry = ref _slots[slot];
        var version = Volatile.Read(ref entry.Version);
        (var segment, localAddress) = (entry.Segment, entry.LocalAddress);
        Volatile.ReadBarrier();
        return version == generation && entry.Version == generation ? segment : null;
    }

    /// <inheritdoc cref="IShmAllocator.TryResolve"/>
    internal bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress)
    {
        ReadOnlySpan<Range> ranges = _ranges.AsSpan(0, Count);
        for (var slot = NextHit(ranges, 0, remoteAddress); slot < ranges.Length; slot = NextHit(ranges, slot + 1, remoteAddress))
        {
            if (TryTranslate(slot, remoteAddress, byteCount, out localAddress))
            {
                return true;
            }
        }

        localAddress = 0;
        return false;
    }

    /// <summary>
    /// Returns the first slot, from <paramref name="start"/> on, whose range contains the address. Returns the number of slots
    /// if there is none.
    /// </summary>
    // The loop has its own method because the JIT aligns only loops without calls. When the loop was not aligned, it took 1.5
    // times as long in half of the processes.
    private static int NextHit(ReadOnlySpan<Range> ranges, int start, ulong remoteAddress)
    {
        var slot = start;
        while (slot < ranges.Length)
        {
            // For an address below the segment, the unsigned difference wraps to a large number, so one comparison checks both
            // ends.
            if (remoteAddress - ranges[slot].RemoteAddress < ranges[slot].ByteCount)
            {
                break;
            }

            slot++;
        }

        return slot;
    }

    /// <summary>Translates an address by the range in a slot. Returns false if the slot no longer contains the whole range.</summary>
    private bool TryTranslate(int slot, ulong remoteAddress, long byteCount, out nint localAddress)
    {
        ref var entry = ref _slots[slot];
        var version = Volatile.Read(ref entry.Version);
        var range = _ranges[slot];
        var offset = remoteAddress - range.RemoteAddress;
        localAddress = entry.LocalAddress + (nint)offset;
        Volatile.ReadBarrier();

        // A length of zero or less wraps to a large number here and fails the comparison too.
        if (offset < range.ByteCount && (ulong)byteCount - 1 < range.ByteCount - offset
            && (version & 1) == 1 && entry.Version == version)
        {
            return true;
        }

        localAddress = 0;
        return false;
    }

    private struct Range
    {
        internal ulong RemoteAddress;
        internal ulong ByteCount;
    }

    private struct Slot
    {
        internal nint LocalAddress;
        internal ShmSegment? Segment;
        internal uint Version;
    }
}
