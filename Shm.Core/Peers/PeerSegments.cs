namespace Shm.Core;

/// <summary>
/// Resolves addresses of one peer process through the segments that this peer announced. Create one object per peer process:
/// each process has its own address space.
/// </summary>
/// <remarks>
/// <para>
/// A segment is mapped once, when the first address in it is resolved. The segment stays mapped until <see cref="Dispose"/>, or
/// until <see cref="Forget"/> and then <see cref="UnmapForgotten"/> are called, since only the caller knows how long it uses a
/// resolved address.
/// </para>
/// <para>
/// Any thread may call any member at any time, except for <see cref="UnmapForgotten"/> and <see cref="Dispose"/>.
/// </para>
/// </remarks>
public sealed class PeerSegments : IDisposable
{
    private readonly ShmSegmentOpenOptions _options;
    private readonly SegmentRegistry _mapped = new();
    private readonly Dictionary<string, PeerSegment> _announced = new(StringComparer.Ordinal);
    private readonly List<ShmSegment> _forgotten = [];
    private readonly Lock _gate = new();
    private int _mappedCount;
    private bool _disposed;

    /// <summary>Creates an empty collection for segments in /dev/shm, which are mapped for reading and writing.</summary>
    public PeerSegments() : this(new ShmSegmentOpenOptions()) { }

    /// <summary>Creates an empty collection that opens each segment with the given options.</summary>
    /// <param name="options">Options for opening each segment.</param>
    public PeerSegments(ShmSegmentOpenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Number of announced segments that were not forgotten.</summary>
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

    /// <summary>Number of segments mapped so far, including forgotten ones.</summary>
    public int MappedCount => Volatile.Read(ref _mappedCount);

    /// <summary>
    /// Adds a segment without mapping it. Adding an equal descriptor again has no effect, unless the owner has freed the segment and
    /// created another one of the same name: then the other segment replaces it.
    /// </summary>
    /// <remarks>
    /// A segment with which the descriptor conflicts is forgotten, as by <see cref="Forget"/>, if its owner has freed it, or if no file
    /// had its name when it was announced and none has it now.
    /// </remarks>
    /// <param name="descriptor">Descriptor from the peer process.</param>
    /// <exception cref="ShmException">
    /// <paramref name="descriptor"/> is not valid, or its name or range conflicts with another announced segment that exists.
    /// </exception>
    public void Announce(SegmentDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        descriptor.Validate();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            foreach (var other in _announced.Values.Where(peer => peer.ConflictsWith(descriptor)).ToArray())
            {
                if (other.IsFreed() || other.IsMissing())
                {
                    Drop(other);
                }
                else if (other.Descriptor == descriptor)
                {
                    return;
                }
                else
                {
                    ShmException.Throw("announce", descriptor.Name, $"its name or range conflicts with that of {other.Descriptor}",
                        "Forget the other segment first, and use one PeerSegments object per peer process.");
                }
            }

            _announced[descriptor.Name] = new PeerSegment(descriptor, _options);
        }
    }

    /// <summary>
    /// Forgets a segment, so that no address in it resolves any longer. The segment stays mapped, since threads may still use
    /// addresses that they resolved before.
    /// </summary>
    /// <param name="name">Name of the segment.</param>
    /// <returns>False if no segment of this name is announced.</returns>
    public bool Forget(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_gate)
        {
            return _announced.TryGetValue(name, out var peer) && Drop(peer);
        }
    }

    /// <summary>
    /// Forgets the segments that their owner has freed, as <see cref="Forget"/> does. Resolving an address makes no system call, so a
    /// mapped segment resolves after its owner has freed it, until this method, <see cref="Forget"/> or <see cref="Announce"/> drops it.
    /// </summary>
    /// <returns>Number of forgotten segments.</returns>
    public int ForgetFreed()
    {
        lock (_gate)
        {
            var freed = _announced.Values.Where(peer => peer.IsFreed()).ToArray();
            return freed.Count(Drop);
        }
    }

    /// <summary>Unmaps the forgotten segments. No thread may be using an address in these segments any longer.</summary>
    /// <returns>Number of unmapped segments.</returns>
    public int UnmapForgotten()
    {
        lock (_gate)
        {
            var count = _forgotten.Count;
            _forgotten.ForEach(segment => segment.Dispose());
            _forgotten.Clear();
            return count;
        }
    }

    /// <summary>
    /// Translates an address range of the peer process into the address space of this process, by a linear scan. Maps the
    /// segment first if it is not mapped yet.
    /// </summary>
    /// <param name="remoteAddress">Address of the first byte in the peer process.</param>
    /// <param name="byteCount">Length of the range in bytes, at least 1. The range must lie within one segment.</param>
    /// <param name="localAddress">Address of the same byte in this process, or 0 if the method returns false.</param>
    /// <returns>
    /// False if no announced segment contains the whole range, if <paramref name="byteCount"/> is below 1, if the range overflows
    /// the address space, or if the owner freed the segment before it was mapped here.
    /// </returns>
    /// <exception cref="ShmException">
    /// The segment was never created, belongs to another user, is too short, or cannot be mapped.
    /// </exception>
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress) =>
        _mapped.Table.TryResolve(remoteAddress, byteCount, out localAddress)
        || (MapHolderOf(remoteAddress, byteCount) && _mapped.Table.TryResolve(remoteAddress, byteCount, out localAddress));

    /// <summary>Unmaps all segments. No thread may be using a resolved address any longer.</summary>
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

    /// <summary>Maps the segment that contains a range, unless it is mapped already.</summary>
    /// <returns>False if no announced segment contains the range, or if the owner has freed that segment.</returns>
    private bool MapHolderOf(ulong remoteAddress, long byteCount)
    {
        // Holding the lock while mapping prevents a second mapping. Other threads wait about 20 µs, once per segment.
        lock (_gate)
        {
            var holder = _announced.Values.FirstOrDefault(peer => peer.Contains(remoteAddress, byteCount));
            if (holder is { Segment: null })
            {
                if (!holder.TryMap(_mapped))
                {
                    Drop(holder);
                    return false;
                }

                _mappedCount++;
            }

            return holder is not null;
        }
    }

    /// <summary>Removes a segment from the announced ones. A mapped segment stays mapped. The caller holds the lock.</summary>
    private bool Drop(PeerSegment peer)
    {
        if (peer.Segment is { } segment)
        {
            _mapped.Remove(peer.Slot, peer.Generation);
            _forgotten.Add(segment);
        }

        return _announced.Remove(peer.Descriptor.Name);
    }
}
