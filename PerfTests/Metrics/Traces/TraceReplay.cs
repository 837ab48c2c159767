using Shm.Core;

namespace PerfTests.Metrics.Traces;

/// <summary>
/// Serves the block references of a trace from an allocator, as a KV cache with least-recently-used eviction does. Bookkeeping is
/// in arrays and nothing is allocated on the managed heap, so that only the allocator contributes to the measured time.
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
    /// <param name="allocator">Allocator of the blocks; it is empty again after each pass.</param>
    /// <param name="requests">Requests of the trace.</param>
    /// <param name="capacityBlocks">Maximum number of resident blocks.</param>
    /// <param name="blockByteCount">Size of a block, in bytes.</param>
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

    /// <summary>Number of block references in one pass.</summary>
    public int ReferenceCount => _references.Length;

    /// <summary>Number of references in the last pass that found their block resident.</summary>
    public int HitCount { get; private set; }

    /// <summary>Number of blocks that the last pass freed to make room.</summary>
    public int EvictionCount { get; private set; }

    /// <summary>Replays the whole trace once; the allocator is empty before and after.</summary>
    /// <returns>A sum that depends on every result, so that the compiler removes nothing.</returns>
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
            : throw new InvalidOperationException("The allocator does not resolve the address of a live block.");
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
