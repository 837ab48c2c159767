namespace Shm.Core;

/// <summary>
/// The registered segments, in the order of their slots. Writers hold the allocator's lock; readers hold nothing.
///
/// A slot's version is odd while it is live, and its other fields change only while it is even. A reader scans
/// without looking at versions: a live slot does not change under it, so it can't be missed, and a hit that was
/// read while its slot changed is caught by comparing versions around a second read. A slot never moves, so that
/// a removal can't hide another segment from a scan that is under way.
/// </summary>
internal sealed class SegmentTable(int capacity)
{
    private readonly Range[] _ranges = new Range[capacity];
    private readonly Slot[] _slots = new Slot[capacity];
    private int _count;

    internal int Capacity => _ranges.Length;

    /// <summary>Slots ever used since the table was last empty.</summary>
    internal int Count
    {
        get => Volatile.Read(ref _count);
        set => Volatile.Write(ref _count, value);
    }

    internal SegmentTable Grow()
    {
        var larger = new SegmentTable(checked(Capacity * 2));
        Array.Copy(_ranges, larger._ranges, Capacity);
        Array.Copy(_slots, larger._slots, Capacity);
        larger._count = _count;
        return larger;
    }

    /// <returns>The generation of the slot's new content.</returns>
    internal uint Set(int slot, ulong remoteAddress, long byteCount, nint localAddress, ShmSegment segment)
    {
        _ranges[slot] = new Range { RemoteAddress = remoteAddress, ByteCount = (ulong)byteCount };
        ref Slot entry = ref _slots[slot];
        (entry.LocalAddress, entry.Segment) = (localAddress, segment);
        Volatile.Write(ref entry.Version, entry.Version + 1);
        return entry.Version;
    }

    internal void Clear(int slot)
    {
        ref Slot entry = ref _slots[slot];
        Volatile.Write(ref entry.Version, entry.Version + 1);
        Volatile.WriteBarrier();
        _ranges[slot] = default;
        (entry.LocalAddress, entry.Segment) = (0, null);
    }

    /// <summary>For writers only.</summary>
    internal ShmSegment? LiveSegment(int slot) => _slots[slot].Segment;

    internal ShmSegment? Find(uint slot, uint generation, out nint localAddress)
    {
        localAddress = 0;
        if (slot >= (uint)_slots.Length || (generation & 1) == 0)
        {
            return null;
        }

        ref Slot entry = ref _slots[slot];
        uint version = Volatile.Read(ref entry.Version);
        (ShmSegment? segment, localAddress) = (entry.Segment, entry.LocalAddress);
        Volatile.ReadBarrier();
        return version == generation && entry.Version == generation ? segment : null;
    }

    internal bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress)
    {
        ReadOnlySpan<Range> ranges = _ranges.AsSpan(0, Count);
        for (int slot = NextHit(ranges, 0, remoteAddress); slot < ranges.Length; slot = NextHit(ranges, slot + 1, remoteAddress))
        {
            if (TryTranslate(slot, remoteAddress, byteCount, out localAddress))
            {
                return true;
            }
        }

        localAddress = 0;
        return false;
    }

    /// <summary>The first slot from <paramref name="start"/> on whose range holds the address, or the number of slots.</summary>
    // A loop of its own, without a call in it: only such a loop is aligned by the JIT, and where it is not, one scan
    // in two takes half as long again for as long as the process lives.
    private static int NextHit(ReadOnlySpan<Range> ranges, int start, ulong remoteAddress)
    {
        int slot = start;
        while (slot < ranges.Length)
        {
            // Below the segment the difference wraps to a huge number: one comparison checks both ends.
            if (remoteAddress - ranges[slot].RemoteAddress < ranges[slot].ByteCount)
            {
                break;
            }

            slot++;
        }

        return slot;
    }

    private bool TryTranslate(int slot, ulong remoteAddress, long byteCount, out nint localAddress)
    {
        ref Slot entry = ref _slots[slot];
        uint version = Volatile.Read(ref entry.Version);
        Range range = _ranges[slot];
        ulong offset = remoteAddress - range.RemoteAddress;
        localAddress = entry.LocalAddress + (nint)offset;
        Volatile.ReadBarrier();

        // Zero and negative lengths wrap to a huge number and fail with the overlong ones.
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
