namespace Shm.Core;

/// <summary>
/// The segments of one other process, by the addresses that they have there. Each process has an address space of its
/// own, so each peer needs an object of its own. A segment is mapped when an address in it is first asked for, once
/// however many threads ask. It stays mapped until <see cref="Dispose"/>, or until the caller says that nobody is using
/// what was forgotten: nothing else can know how long a resolved address is in use.
///
/// Members may be called from any thread at any time, but for <see cref="UnmapForgotten"/> and <see cref="Dispose"/>.
/// </summary>
public sealed class PeerSegments : IDisposable
{
    private readonly ShmSegmentOpenOptions _options;
    private readonly SegmentRegistry _mapped = new();
    private readonly Dictionary<string, PeerSegment> _announced = new(StringComparer.Ordinal);
    private readonly List<ShmSegment> _forgotten = [];
    private readonly Lock _gate = new();
    private int _mappedCount;
    private bool _disposed;

    /// <summary>Segments of a peer in /dev/shm, mapped for reading and writing.</summary>
    public PeerSegments() : this(new ShmSegmentOpenOptions()) { }

    /// <summary>Segments of a peer, opened as the options say.</summary>
    public PeerSegments(ShmSegmentOpenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Segments that were announced and not forgotten.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _announced.Count;
            }
        }
    }

    /// <summary>Segments that were mapped so far, also if they are forgotten.</summary>
    public int MappedCount => Volatile.Read(ref _mappedCount);

    /// <summary>Learns of a segment; nothing is mapped yet. Hearing of the same one again changes nothing.</summary>
    /// <exception cref="ShmException">The descriptor says what can't be, or its range overlaps that of another one.</exception>
    public void Announce(SegmentDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        descriptor.Validate();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_announced.TryGetValue(descriptor.Name, out PeerSegment? known) && known.Descriptor == descriptor)
            {
                return;
            }

            if (_announced.Values.FirstOrDefault(peer => peer.Conflicts(descriptor)) is { } other)
            {
                ShmException.Throw("announce", descriptor.Name, $"its name or range is also that of {other.Descriptor}",
                    "Forget the other one first, and keep the segments of each process in an object of their own.");
            }

            _announced[descriptor.Name] = new PeerSegment(descriptor);
        }
    }

    /// <summary>
    /// Forgets a segment: addresses in it are found no more. It stays mapped, since others may be using what they
    /// resolved before.
    /// </summary>
    /// <returns>False if there is no such one.</returns>
    public bool Forget(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_gate)
        {
            if (!_announced.Remove(name, out PeerSegment? peer))
            {
                return false;
            }

            if (peer.Segment is { } segment)
            {
                _mapped.Remove(peer.Slot, peer.Generation);
                _forgotten.Add(segment);
            }

            return true;
        }
    }

    /// <summary>
    /// Unmaps what was forgotten. Only the caller can know that no thread uses an address that was resolved before.
    /// </summary>
    /// <returns>How many segments were unmapped.</returns>
    public int UnmapForgotten()
    {
        lock (_gate)
        {
            int count = _forgotten.Count;
            _forgotten.ForEach(segment => segment.Dispose());
            _forgotten.Clear();
            return count;
        }
    }

    /// <summary>Translates a range of the peer's address space into this process's, by a linear scan.</summary>
    /// <param name="remoteAddress">The first byte's address as the peer knows it.</param>
    /// <param name="byteCount">How many bytes must lie within one segment; at least 1.</param>
    /// <param name="localAddress">The same byte in this process, or 0.</param>
    /// <returns>False if no announced segment holds the whole range, also when it overflows the address space.</returns>
    /// <exception cref="ShmException">The segment can't be mapped: it is missing, foreign or too short.</exception>
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress) =>
        _mapped.Table.TryResolve(remoteAddress, byteCount, out localAddress)
        || (MapHolderOf(remoteAddress, byteCount) && _mapped.Table.TryResolve(remoteAddress, byteCount, out localAddress));

    /// <summary>Unmaps everything; nobody may be using a resolved address any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _announced.Clear();
            _mapped.Close().ForEach(segment => segment.Dispose());
            UnmapForgotten();
        }
    }

    /// <returns>False if no announced segment holds the range.</returns>
    private bool MapHolderOf(ulong remoteAddress, long byteCount)
    {
        // The lock makes it once. It is held while mapping: threads that ask for another segment wait some 20 us, once.
        lock (_gate)
        {
            PeerSegment? holder = _announced.Values.FirstOrDefault(peer => peer.Holds(remoteAddress, byteCount));
            if (holder is { Segment: null })
            {
                holder.Map(_options, _mapped);
                _mappedCount++;
            }

            return holder is not null;
        }
    }
}
