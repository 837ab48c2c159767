using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Hands out blocks of one shared-memory segment that every process maps once. Any process may allocate and any may
/// free, from any thread. A block of up to 2 MiB comes from a slab of the calling thread's heap without an atomic
/// instruction; addresses are found by arithmetic. Free blocks are never touched, so neither allocating nor
/// freeing faults a page of data. A process that dies, at whatever instruction, blocks nobody; <see cref="Recover"/> takes
/// back what it held.
/// </summary>
/// <remarks>
/// <para>
/// Limits: 1 MiB to 1 TiB of capacity. Up to 1,024 processes at once, where each attachment counts, also a second one
/// of one process. Up to 4,096 heaps at once in all processes: one for each thread that allocates, until it has ended, and
/// one for each <see cref="OpenHeap"/>. One more is a <see cref="ShmException"/>.
/// </para>
/// <para>
/// A block's address, in every process, is a multiple of the largest power of two that divides its size in bytes (see
/// <see cref="SizeOf"/>), up to 4 KiB. Asking for a power of two of at least 16 gives just that alignment, any other size at least
/// a sixteenth of it, and never less than 4. <see cref="AllocateAligned"/> gives more.
/// </para>
/// <para>
/// Free blocks in a thread's slabs serve that thread alone, also while it sleeps, until it ends or its process does:
/// an arena may have no room for others in spite of them.
/// </para>
/// <para>
/// Making and giving up slabs and blocks above 2 MiB takes a lock. It is taken over at once from a holder that died; one
/// that is stopped (SIGSTOP, a debugger) is waited for up to 30 s, and then the caller gets a <see cref="ShmException"/> that names it.
/// </para>
/// <para>
/// Freeing a block twice is a <see cref="ShmException"/>. Where its owner and another thread free it at the same moment, the
/// second may go unnoticed; the block is handed out once all the same.
/// </para>
/// </remarks>
public sealed unsafe partial class ShmArena : IShmAllocator
{
    /// <summary>The greatest alignment: 2 MiB.</summary>
    public const long MaxAlignment = ArenaLayout.DataAlignment;

    /// <summary>Keeps the arena's file open, and with it the lock that says that this process lives, until it is disposed.</summary>
    private static readonly HashSet<ShmArena> s_joined = [];

    private readonly ShmSegment _segment;
    private readonly ArenaCore _core;
    private readonly byte* _data;

    // 0 once disposed: every range check then fails.
    private long _capacityBytes;

    private ArenaTableSlot? _slot;

    private ShmArena(ArenaFile file)
    {
        _segment = file.Segment;
        Membership membership = Membership.Join(file.Memory, file.Handle, file.Segment.Name);
        _core = new ArenaCore(file.Memory, membership, new MetadataClaims(file.Memory, file.Reserve), file.Segment.Name);
        _data = file.Memory.Data;
        _capacityBytes = CapacityBytes = file.Memory.Layout.CapacityBytes;
        lock (s_joined)
        {
            s_joined.Add(this);
        }
    }

    /// <summary>The address of the first byte of data in this process, a multiple of 2 MiB; block offsets count from here.</summary>
    public nint BaseAddress => (nint)_data;

    /// <summary>Bytes for blocks.</summary>
    public long CapacityBytes { get; }

    /// <summary>The segment's name, without slash: what other processes attach by.</summary>
    public string Name => _segment.Name;

    /// <summary>What <see cref="ShmBlock.SegmentId"/> is in every block of this arena, in every process.</summary>
    public uint Id => _core.Id;

    /// <summary>This process's attachment, for those who hand blocks over to it.</summary>
    public ArenaMember Member => new(_core.Membership.Token);

    /// <summary>Bytes in live blocks, rounded up to the block sizes in use. Walks all slabs: for diagnosis.</summary>
    public long UsedBytes => GetStatistics().UsedBytes;

    /// <summary>Creates an arena of the given capacity and otherwise default options.</summary>
    /// <param name="capacityBytes">See <see cref="ShmArenaOptions.CapacityBytes"/>.</param>
    /// <inheritdoc cref="Create(ShmArenaOptions)"/>
    public static ShmArena Create(long capacityBytes) => Create(new ShmArenaOptions { CapacityBytes = capacityBytes });

    /// <summary>
    /// Creates an arena. Its name is removed when it is disposed or the process ends; who is attached by then goes on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    /// <exception cref="ShmException">The system refused; nothing is left behind.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmArena Create(ShmArenaOptions options) => Create(options, 0, 0);

    /// <summary>Attaches to an arena that another process created, and takes back what dead processes held in it.</summary>
    /// <param name="name">Its <see cref="Name"/>.</param>
    /// <param name="options">Where it lies, and how it is mapped.</param>
    /// <exception cref="ShmException">It is missing, foreign, not an arena, of another version, or damaged.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmArena Attach(string name, ShmArenaAttachOptions? options = null) => Attach(name, options ?? new(), 0, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShmBlock Allocate(long byteCount) => ThreadHeaps.Of(_core).Allocate(byteCount);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        return ThreadHeaps.Of(_core).TryAllocate(byteCount, out block);
    }

    /// <summary>Allocates a block whose address in every process is a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="byteCount">At least 1.</param>
    /// <param name="alignment">A power of two, at most <see cref="MaxAlignment"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is none of these.</exception>
    /// <exception cref="ShmException">There is no room.</exception>
    public ShmBlock AllocateAligned(long byteCount, long alignment)
    {
        if (!ThreadHeaps.Of(_core).TryAllocateAligned(byteCount, alignment, out ShmBlock block))
        {
            _core.ThrowOutOfMemory(byteCount);
        }

        return block;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(in ShmBlock block)
    {
        if (ThreadHeaps.Existing(_core) is { } heap)
        {
            heap.Free(block);
        }
        else
        {
            _core.FreeElsewhere(block);
        }
    }

    /// <summary>A handle that saves hot paths the look for the calling thread's heap.</summary>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    /// <exception cref="ShmException">As many heaps as can be are open.</exception>
    public ShmHeap OpenHeap() => _core.Heaps.Open();

    /// <inheritdoc/>
    public nint GetAddress(ShmBlock block)
    {
        _core.Find(block, "address", out _, out _, out _);
        return (nint)(_data + block.Offset);
    }

    /// <summary>Bytes that a live block really has: at least those asked for.</summary>
    /// <exception cref="ShmException">It is not a live block of this arena.</exception>
    public long SizeOf(ShmBlock block)
    {
        _core.Find(block, "size", out SlabPart* slab, out _, out _);
        return Math.Clamp(slab->BlockBytes, block.ByteCount, _core.Memory.Layout.CapacityBytes - block.Offset);
    }

    /// <summary>
    /// Whether a range of this process's addresses lies in the arena. Another process has the arena elsewhere: what it
    /// says of a block is the handle, or the offset from its <see cref="BaseAddress"/>.
    /// </summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress)
    {
        // Addresses before the arena wrap to huge offsets, lengths of zero or less to huge lengths.
        ulong offset = remoteAddress - (ulong)_data;
        ulong capacityBytes = (ulong)_capacityBytes;
        bool isInside = offset < capacityBytes && (ulong)byteCount - 1 < capacityBytes - offset;
        localAddress = isInside ? (nint)(_data + offset) : 0;
        return isInside;
    }

    /// <summary>The live block that an address of this process lies in.</summary>
    /// <param name="address">Any address.</param>
    /// <param name="block">The block; its length is the whole block's, as what was asked for is not kept.</param>
    /// <returns>False if it lies in none.</returns>
    public bool TryFindBlock(nint address, out ShmBlock block)
    {
        block = default;
        ulong offset = (ulong)(address - (nint)_data);
        if (offset >= (ulong)_capacityBytes)
        {
            return false;
        }

        SlabPart* part = _core.Memory.Find((long)offset, out SlabPart* slab, out int index, out long remainder);
        if (part == null || (ulong)remainder >= (ulong)slab->BlockBytes || (part->AllBlocks >> index & 1) == 0)
        {
            return false;
        }

        ulong word = Volatile.Read(ref SlabPart.Word(part, index));
        ShmBlock found = _core.Memory.Handle(part, index, word, slab->BlockBytes);
        bool isFound = BlockWord.IsLive(word) && offset - (ulong)found.Offset < (ulong)found.ByteCount;
        block = isFound ? found : default;
        return isFound;
    }

    /// <summary>
    /// Unmaps the arena, and removes its name if this process created it. No thread may be using it or its blocks any
    /// more. Blocks that this process still holds count as a dead process's: the next recovery takes them back.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _capacityBytes, 0) != 0)
        {
            lock (s_joined)
            {
                s_joined.Remove(this);
            }

            _slot?.Close();
            _core.Dispose();
            _segment.Dispose();
            _slot?.Empty();
        }
    }

    /// <summary>Has the directory's slot that it lies in told when it goes.</summary>
    internal void LiesIn(ArenaTableSlot slot) => _slot = slot;

    internal bool IsDisposed => Volatile.Read(ref _capacityBytes) == 0;

    /// <param name="options">How.</param>
    /// <param name="slot">Where in a reservation its data shall begin; 0 for anywhere.</param>
    /// <param name="slotBytes">How much room there is.</param>
    internal static ShmArena Create(ShmArenaOptions options, nint slot, long slotBytes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CapacityBytes, ShmArenaOptions.MinCapacityBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CapacityBytes, ShmArenaOptions.MaxCapacityBytes, nameof(options));
        return Join(ArenaFile.Create(options, slot, slotBytes));
    }

    internal static ShmArena Attach(string name, ShmArenaAttachOptions options, nint slot, long slotBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ShmArena arena = Join(ArenaFile.Attach(name, options, slot, slotBytes));
        try
        {
            if (arena._core.Membership.IsRecoveryDue())
            {
                arena.Recover();
            }

            return arena;
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    private static ShmArena Join(ArenaFile file)
    {
        try
        {
            return new ShmArena(file);
        }
        catch
        {
            file.Handle.Dispose();
            file.Segment.Dispose();
            throw;
        }
    }
}
