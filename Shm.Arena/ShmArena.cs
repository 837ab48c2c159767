using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Allocates blocks of one shared-memory segment that every process maps once. Any thread of any process may allocate and free.
/// A block of up to 2 MiB comes from a slab of the calling thread's heap without an atomic instruction, and addresses are found
/// by arithmetic. Free blocks are never touched, so neither allocating nor freeing causes a page fault in the data. If a
/// process exits at any instruction, the other processes continue, and <see cref="Recover"/> takes back what the exited process
/// held.
/// </summary>
/// <remarks>
/// <para>
/// Capacity: 1 MiB to 1 TiB. Up to 1,024 attachments at once; a process that attaches twice counts twice. Up to 4,096 heaps at
/// once in all processes: one for each running thread that has allocated, and one for each open heap of <see cref="OpenHeap"/>.
/// Exceeding a limit causes a <see cref="ShmException"/>.
/// </para>
/// <para>
/// Alignment: a block's address, in every process, is a multiple of the largest power of two that divides its size in bytes
/// (see <see cref="SizeOf"/>), up to 4 KiB. Within this limit, a block whose requested size is a power of two of at least 16 is
/// aligned to that size; any other block is aligned to at least a sixteenth of its size, and to at least 4 bytes.
/// <see cref="AllocateAligned"/> gives larger alignments.
/// </para>
/// <para>
/// Any thread can allocate what is free: an allocation that finds no room seizes slabs of other threads, even of threads
/// that sleep, are blocked or are stopped. A thread that is stopped within the few nanoseconds in which it takes or frees a
/// block keeps the one slab that contains the block. Freeing a block twice causes a <see cref="ShmException"/>. If the owner of the
/// block's slab and another thread free the block at once, the second free may go unnoticed; the block is handed out only once.
/// </para>
/// <para>
/// The supply lock protects the creation and release of slabs and of blocks above 2 MiB. If the process that holds the lock has
/// exited, the next caller that needs the lock takes it over at once. If the process is stopped (SIGSTOP, a debugger), a caller
/// that needs the lock waits up to 30 s and then gets a <see cref="ShmException"/> that names the process.
/// </para>
/// <para>
/// Another process of the same user can shorten the arena's file. No check can prevent this; see <see cref="ShmSegment"/>.
/// </para>
/// </remarks>
public sealed unsafe partial class ShmArena : IShmAllocator
{
    /// <summary>The greatest alignment in bytes: 2 MiB.</summary>
    public const long MaxAlignment = ArenaLayout.DataAlignment;

    /// <summary>
    /// Arenas that are not disposed. The set keeps the file of each arena open, and with the file the record lock that shows
    /// other processes that this process is attached.
    /// </summary>
    private static readonly HashSet<ShmArena> s_attached = [];

    private readonly ShmSegment _segment;
    private readonly ArenaMemory _memory;
    private readonly Membership _membership;
    private readonly ArenaLifetime _lifetime = new();
    private readonly SharedSupply _supply;
    private readonly BlockLookup _lookup;
    private readonly BlockHolders _holders;
    private readonly RemoteFrees _remoteFrees;
    private readonly ArenaRecovery _recovery;
    private readonly SlowAllocation _allocation;
    private readonly HeapPool _heaps;
    private readonly byte* _data;

    // The capacity is set to 0 when the arena is disposed, so that every range check fails.
    private long _capacityBytes;

    private ArenaTableSlot? _slot;

    internal ShmArena(ArenaFile file)
    {
        _segment = file.Segment;
        _memory = file.Memory;
        _membership = Membership.Join(_memory, file.Handle, Name);
        _supply = new SharedSupply(_memory, new SupplyLock(_memory, _membership, Name), new SlabSupply(_memory));
        _lookup = new BlockLookup(_memory, _lifetime);
        _holders = new BlockHolders(_memory, _lookup, _membership, _lifetime, Name);
        _remoteFrees = new RemoteFrees(_memory, _lookup, _supply);
        _recovery = new ArenaRecovery(_memory, _membership, _supply, _remoteFrees);
        _allocation = new(_memory, _membership, _supply, _recovery, new SlabSeizure(_memory, _membership, _supply), _lifetime, Name);
        Id = _memory.Id;
        var services = new HeapServices(_memory, new BlockHandles(Id, _membership.Token), _allocation, _remoteFrees, _lookup);
        _heaps = new HeapPool(_memory, _membership, _supply, _lifetime, services, Name);
        _data = _memory.Data;
        _capacityBytes = CapacityBytes = _memory.Layout.CapacityBytes;
        lock (s_attached)
        {
            s_attached.Add(this);
        }
    }

    /// <summary>Address of the first byte of data in this process, a multiple of 2 MiB. Block offsets count from here.</summary>
    public nint BaseAddress => (nint)_data;

    /// <summary>Capacity for blocks, in bytes.</summary>
    public long CapacityBytes { get; }

    /// <summary>Name of the segment, without slash, by which other processes attach.</summary>
    public string Name => _segment.Name;

    /// <summary>Value of <see cref="ShmBlock.SegmentId"/> in every block of this arena, in every process.</summary>
    public uint Id { get; }

    /// <summary>Names this process for other processes that hand blocks over to it.</summary>
    public ArenaMember Member => new(_membership.Token);

    /// <summary>
    /// Progress of the threads that map the pages of data in the background; null unless the arena was created or attached with
    /// <see cref="ShmArenaOptions.PrefaultInBackground"/>.
    /// </summary>
    public BackgroundPrefault? BackgroundPrefault => _segment.BackgroundPrefault;

    internal bool IsDisposed => _lifetime.IsDisposed;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShmBlock Allocate(long byteCount) => ThreadHeaps.Of(_heaps).Allocate(byteCount);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        var heap = ThreadHeaps.Latest;
        if (heap is null || heap.Pool != _heaps)
        {
            heap = _heaps.TryGetHeapOfThread(byteCount);
            if (heap is null)
            {
                block = default;
                return false;
            }
        }

        return heap.TryAllocate(byteCount, out block);
    }

    /// <summary>Allocates a block whose address in every process is a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="byteCount">Number of bytes, at least 1.</param>
    /// <param name="alignment">A power of two, at most <see cref="MaxAlignment"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="byteCount"/> is zero or negative, or <paramref name="alignment"/> is not a power of two, or is greater
    /// than <see cref="MaxAlignment"/>.
    /// </exception>
    /// <exception cref="ShmException">The arena has no room for the block.</exception>
    public ShmBlock AllocateAligned(long byteCount, long alignment)
    {
        if (!ThreadHeaps.Of(_heaps).TryAllocateAligned(byteCount, alignment, out var block))
        {
            _allocation.ThrowOutOfMemory(byteCount);
        }

        return block;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(in ShmBlock block)
    {
        var heap = ThreadHeaps.Latest;
        if (heap is not null && heap.Pool == _heaps)
        {
            heap.Free(block);
        }
        else
        {
            _heaps.Free(block);
        }
    }

    /// <summary>Opens a heap. A hot path that uses its own heap saves the lookup of the calling thread's heap.</summary>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    /// <exception cref="ShmException">4,096 heaps are open already.</exception>
    public ShmHeap OpenHeap() => _heaps.Open();

    /// <inheritdoc/>
    public nint GetAddress(ShmBlock block)
    {
        _lookup.Find(block, "address", out _, out _);
        return (nint)(_data + block.Offset);
    }

    /// <summary>Returns the number of usable bytes of a live block, which is at least the requested number.</summary>
    /// <exception cref="ShmException">The block is not a live block of this arena.</exception>
    public long SizeOf(ShmBlock block)
    {
        var part = _lookup.Find(block, "size", out _, out _);
        return Math.Clamp(part->BlockBytes, block.ByteCount, CapacityBytes - block.Offset);
    }

    /// <summary>
    /// Returns true if an address range of this process lies within the arena. Addresses of other processes cannot be resolved,
    /// since they map the arena at other addresses. Processes exchange handles, or offsets from <see cref="BaseAddress"/>.
    /// </summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress)
    {
        // An address before the arena wraps to a huge offset, and a length of zero or less wraps to a huge length.
        var offset = remoteAddress - (ulong)_data;
        var capacityBytes = (ulong)_capacityBytes;
        var isInside = offset < capacityBytes && (ulong)byteCount - 1 < capacityBytes - offset;
        localAddress = isInside ? (nint)(_data + offset) : 0;
        return isInside;
    }

    /// <summary>Finds the live block that contains an address of this process.</summary>
    /// <param name="address">Any address.</param>
    /// <param name="block">Receives the block, with its whole length, since the requested length is not stored.</param>
    /// <returns>False if no live block contains the address.</returns>
    public bool TryFindBlock(nint address, out ShmBlock block)
    {
        block = default;
        var offset = (ulong)(address - (nint)_data);
        return offset < (ulong)_capacityBytes && _lookup.TryFindAt((long)offset, out block);
    }

    /// <summary>Makes another process the holder of a block. Recovery frees the block after the receiver has exited.</summary>
    /// <remarks>The block stays if this process exits. Any process may still use and free the block.</remarks>
    /// <exception cref="ShmException">The block is not live, or the receiver is not attached.</exception>
    public void HandOver(ShmBlock block, ArenaMember receiver) => _holders.HandOver(block, receiver);

    /// <summary>
    /// Offers a block to a process that is not known yet. An offered block can only be claimed. Recovery does not free an
    /// offered block when a process exits; see <see cref="ReclaimOffered"/> for blocks that are never claimed.
    /// </summary>
    /// <exception cref="ShmException">The block is not live, or is offered already.</exception>
    public void Offer(ShmBlock block) => _holders.Offer(block);

    /// <summary>Makes this process the holder of an offered block. If several processes try, only one succeeds.</summary>
    /// <exception cref="ShmException">The block is not offered, or is no longer offered.</exception>
    public void Claim(ShmBlock block) => _holders.Claim(block);

    /// <summary>Frees offered blocks of exited processes. Call this method when no process will claim these blocks any more.</summary>
    /// <returns>Number of freed blocks.</returns>
    public int ReclaimOffered()
    {
        _lifetime.ThrowIfDisposed();
        return _recovery.ReclaimOffered();
    }

    /// <summary>
    /// Frees the blocks of processes that exited or detached, and adopts their slabs. Attaching runs a recovery, and so does
    /// an allocation that finds no room. Several processes may recover at once, and any of them may exit meanwhile.
    /// </summary>
    /// <remarks>
    /// If all 4,096 heaps are open, the blocks are freed and the slabs stay. The next allocation that finds no room adopts them.
    /// </remarks>
    public ArenaRecoveryResult Recover()
    {
        _lifetime.ThrowIfDisposed();
        return _recovery.RunAndRelease(ThreadHeaps.TryOf(_heaps));
    }

    /// <summary>
    /// Unmaps the arena, and removes its name if this process created it. No thread may use the arena or its blocks any
    /// more. Blocks that this process still holds are freed by the next recovery.
    /// </summary>
    public void Dispose()
    {
        if (_lifetime.TryEnd())
        {
            _capacityBytes = 0;
            lock (s_attached)
            {
                s_attached.Remove(this);
            }

            _slot?.Close();
            try
            {
                _heaps.Dispose();
                _membership.Dispose();
                _segment.Dispose();
            }
            finally
            {
                _slot?.Empty();
            }
        }
    }

    /// <summary>Records the arena's slot in an arena table. The arena empties this slot when it is disposed.</summary>
    internal void SetSlot(ArenaTableSlot slot) => _slot = slot;

    /// <summary>Tells whether a process has exited or detached since the last recovery.</summary>
    internal bool IsRecoveryDue() => _membership.IsRecoveryDue();
}
