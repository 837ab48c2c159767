using System.Globalization;
using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Hands out blocks of one shared-memory segment that is mapped once. Taking and giving back a block of up to 2 MiB
/// is one compare-and-swap each; addresses are found by arithmetic. Free blocks are never touched, so neither
/// allocating nor freeing faults a page of data. A block's bytes are not cleared.
/// </summary>
public sealed unsafe class ShmArena : IShmAllocator
{
    private readonly ShmSegment _segment;
    private readonly ArenaMemory _memory;
    private readonly SlabLists _lists;
    private readonly ArenaSlowPath _slowPath;

    // 0 once disposed: every range check then fails, and the fast path needs no check of its own.
    private long _capacityBytes;

    private ShmArena(ShmSegment segment, ArenaLayout layout)
    {
        _segment = segment;
        _memory = ArenaMemory.Initialize(segment, layout);
        _lists = new SlabLists(_memory);
        _capacityBytes = CapacityBytes = layout.CapacityBytes;
        var pages = new PageRuns((ulong*)(segment.Address + (nint)layout.UsedBits), layout.PageCount,
            _memory.Header->FirstFreePage);
        _slowPath = new ArenaSlowPath(_memory, pages);
    }

    /// <summary>The address of the first byte of data in this process; block offsets count from here.</summary>
    public nint BaseAddress => (nint)_memory.Data;

    /// <summary>Bytes for blocks.</summary>
    public long CapacityBytes { get; }

    /// <summary>The segment's name, without slash.</summary>
    public string Name => _segment.Name;

    /// <summary>Bytes in live blocks, rounded up to the block sizes in use. Walks all slabs: for diagnosis.</summary>
    public long UsedBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_capacityBytes == 0, this);
            return _slowPath.UsedBytes();
        }
    }

    /// <summary>Creates an arena of the given capacity and otherwise default options.</summary>
    /// <param name="capacityBytes">See <see cref="ShmArenaOptions.CapacityBytes"/>.</param>
    /// <inheritdoc cref="Create(ShmArenaOptions)"/>
    public static ShmArena Create(long capacityBytes) => Create(new ShmArenaOptions { CapacityBytes = capacityBytes });

    /// <summary>Creates an arena. Its name is removed when it is disposed or the process ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    /// <exception cref="ShmException">The system refused.</exception>
    public static ShmArena Create(ShmArenaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CapacityBytes, ShmArenaOptions.MinCapacityBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CapacityBytes, ShmArenaOptions.MaxCapacityBytes, nameof(options));
        var layout = new ArenaLayout(options.CapacityBytes);
        return new ShmArena(options.Name is null
            ? ShmSegment.CreateExclusive(layout.TotalBytes)
            : ShmSegment.CreateExclusive(options.Name, layout.TotalBytes), layout);
    }

    /// <inheritdoc/>
    public ShmBlock Allocate(long byteCount)
    {
        if (!TryAllocate(byteCount, out ShmBlock block))
        {
            ThrowOutOfMemory(byteCount);
        }

        return block;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        if ((ulong)byteCount - 1 < SizeClasses.MaxBlockBytes && _capacityBytes != 0)
        {
            int classIndex = SizeClasses.IndexOf(byteCount);
            SlabNode* slab = _memory.Node(Volatile.Read(ref _memory.Classes[classIndex].Current));
            int index = SlabNode.Take(slab);
            if (index >= 0 && slab->Class == classIndex)
            {
                block = ArenaMemory.Publish(slab, index, byteCount);
                return true;
            }

            return TryAllocateSlowly(slab, index, classIndex, byteCount, out block);
        }

        return TryAllocateLarge(byteCount, out block);
    }

    /// <inheritdoc/>
    public void Free(ShmBlock block)
    {
        int index = 0;
        SlabNode* slab = _capacityBytes == 0 ? null : _memory.Find(block, out index);
        if (slab == null)
        {
            ThrowNotLive("free", block);
        }

        if (slab->Class == SlabNode.LargeClass)
        {
            FreeLarge(slab, block);
            return;
        }

        // One of two that free the same block wins here; the other must not touch what may be somebody else's by then.
        if (!TryEndGeneration(slab, index, block) || !SlabNode.GiveBack(slab, index))
        {
            ThrowNotLive("free", block);
        }

        if (Volatile.Read(ref slab->Listed) == 0)
        {
            _lists.PushIfUnlisted(slab);
        }
    }

    /// <inheritdoc/>
    public nint GetAddress(ShmBlock block)
    {
        if (_capacityBytes == 0 || _memory.Find(block, out _) == null)
        {
            ThrowNotLive("address", block);
        }

        return (nint)(_memory.Data + block.Offset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResolve(ulong remoteAddress, long byteCount, out nint localAddress)
    {
        // Addresses before the arena wrap to huge offsets, lengths of zero or less to huge lengths.
        ulong offset = remoteAddress - (ulong)_memory.Data;
        ulong capacityBytes = (ulong)_capacityBytes;
        bool isInside = offset < capacityBytes && (ulong)byteCount - 1 < capacityBytes - offset;
        localAddress = isInside ? (nint)(_memory.Data + offset) : 0;
        return isInside;
    }

    /// <summary>Unmaps the arena and removes its name. No thread may be using it or its blocks any more.</summary>
    public void Dispose()
    {
        _capacityBytes = 0;
        _segment.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAllocateSlowly(SlabNode* slab, int index, int classIndex, long byteCount, out ShmBlock block)
    {
        if (index >= 0)
        {
            // The slab was released and came back as another class's before we took the block: not ours.
            SlabNode.GiveBack(slab, index);
            _lists.PushIfUnlisted(slab);
        }

        slab = _slowPath.Take(classIndex, out index);
        block = slab == null ? default : ArenaMemory.Publish(slab, index, byteCount);
        return slab != null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAllocateLarge(long byteCount, out ShmBlock block)
    {
        ObjectDisposedException.ThrowIf(_capacityBytes == 0, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        SlabNode* slab = byteCount <= _capacityBytes ? _slowPath.TakeLarge(byteCount) : null;
        block = slab == null ? default : ArenaMemory.Publish(slab, 0, byteCount);
        return slab != null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FreeLarge(SlabNode* slab, ShmBlock block)
    {
        if (!TryEndGeneration(slab, 0, block))
        {
            ThrowNotLive("free", block);
        }

        _slowPath.ReleaseLarge(slab);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEndGeneration(SlabNode* slab, int index, ShmBlock block)
    {
        uint generation = Volatile.Read(ref slab->Generations[index]);
        return (generation & SlabNode.GenerationMask) == (block.Generation & SlabNode.GenerationMask)
            && Interlocked.CompareExchange(ref slab->Generations[index], generation + 1, generation) == generation;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowNotLive(string operation, ShmBlock block)
    {
        ObjectDisposedException.ThrowIf(_capacityBytes == 0, this);
        ShmException.ThrowNotLive(operation, block);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowOutOfMemory(long byteCount) => ShmException.ThrowOutOfMemory(Name, byteCount,
        string.Create(CultureInfo.InvariantCulture, $"{UsedBytes} of {CapacityBytes} bytes in use"));
}
