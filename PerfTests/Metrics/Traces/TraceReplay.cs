using Shm.Core;

namespace PerfTests.Metrics.Traces;

/// <summary>
/// Serves a trace's block references from an allocator, as a KV-cache with least-recently-used eviction does.
/// All bookkeeping is in arrays and nothing is allocated on the managed heap, so that what is timed is the allocator.
/// </summary>
public sealed class TraceReplay
{
    private const int None = -1;

    private readonly IShmAllocator _allocator;
    private readonly int[] _references;
    private readonly long _blockByteCount;
    private readonly int[] _slotOf;
    private readonly int[] _blockIn;
    private readonly ShmBlock[] _blocks;
    private readonly ulong[] _addresses;
    private readonly LeastRecentlyUsed _order;

    /// <summary>Prepares a replay.</summary>
    /// <param name="allocator">Where blocks come from; it is empty again after each pass.</param>
    /// <param name="requests">The trace.</param>
    /// <param name="capacityBlocks">How many blocks are resident at most.</param>
    /// <param name="blockByteCount">The size of a block, in bytes.</param>
    public TraceReplay(IShmAllocator allocator, IEnumerable<TraceRequest> requests, int capacityBlocks, long blockByteCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBlocks, 1);
        _allocator = allocator;
        _blockByteCount = blockByteCount;

        _references = [.. requests.SelectMany(request => request.HashIds)];
        _slotOf = new int[_references.DefaultIfEmpty(None).Max() + 1];
        Array.Fill(_slotOf, None);
        _blockIn = new int[capacityBlocks];
        _blocks = new ShmBlock[capacityBlocks];
        _addresses = new ulong[capacityBlocks];
        _order = new LeastRecentlyUsed(capacityBlocks);
    }

    /// <summary>Block references in one pass.</summary>
    public int ReferenceCount => _references.Length;

    /// <summary>References of the last pass that found their block resident.</summary>
    public int HitCount { get; private set; }

    /// <summary>Blocks that the last pass freed to make room.</summary>
    public int EvictionCount { get; private set; }

    /// <summary>Replays the whole trace once, from empty to empty.</summary>
    /// <returns>Something that depends on every answer, so that nothing is optimised away.</returns>
    public long Pass()
    {
        HitCount = 0;
        EvictionCount = 0;
        long sum = 0;
        foreach (var block in _references)
        {
            var slot = _slotOf[block];
            sum += slot == None ? Admit(block) : Hit(slot);
        }

        Drain();
        return sum;
    }

    private long Hit(int slot)
    {
        HitCount++;
        _order.Touch(slot);
        return _allocator.TryResolve(_addresses[slot], _blockByteCount, out var local)
            ? local
            : throw new InvalidOperationException("The allocator does not find the address of a block that is live.");
    }

    private unsafe long Admit(int block)
    {
        if (!_order.TryTakeFree(out var slot))
        {
            slot = _order.TakeOldest();
            _allocator.Free(_blocks[slot]);
            _slotOf[_blockIn[slot]] = None;
            EvictionCount++;
        }

        _blocks[slot] = _allocator.Allocate(_blockByteCount);
        var address = _allocator.GetAddress(_blocks[slot]);
        _addresses[slot] = (ulong)address;
        new Span<byte>((void*)address, CacheLineByteCount).Fill((byte)block);
        _blockIn[slot] = block;
        _slotOf[block] = slot;
        return address;
    }

    private void Drain()
    {
        while (_order.UsedCount > 0)
        {
            var slot = _order.TakeOldest();
            _allocator.Free(_blocks[slot]);
            _slotOf[_blockIn[slot]] = None;
            _order.GiveBack(slot);
        }
    }

    private const int CacheLineByteCount = 64;
}
