using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>Workload of one thread, which allocates, fills, checks and frees blocks and passes blocks to other threads.</summary>
internal sealed unsafe class StressWorkload(ShmArena arena, StressBoard board, int id, int seed)
{
    private const int MaxLive = 60;

    private readonly Random _random = new(unchecked((seed * 7919) + id));
    private readonly List<StressBlock> _live = [];
    private ulong _lastStamp = (ulong)(uint)(id + 1) << 40;

    /// <summary>Runs a number of operations, frees the blocks that are left, and then sleeps while the heap is open.</summary>
    internal void Run(int operations, Action sleep)
    {
        // Every second thread uses a heap of its own.
        using var heap = id % 2 == 0 ? arena.OpenHeap() : null;
        for (var operation = 0; operation < operations; operation++)
        {
            switch (_random.Next(10))
            {
                case < 5 when _live.Count < MaxLive:
                    Allocate(heap);
                    break;
                case 5 when _live.Count > 0:
                    Post();
                    break;
                case 6:
                    Collect(heap);
                    break;
                default:
                    FreeOne(heap);
                    break;
            }
        }

        while (_live.Count > 0)
        {
            FreeOne(heap);
        }

        sleep();
    }

    /// <summary>Frees the blocks that are left in the boxes after all threads have ended.</summary>
    internal void Drain()
    {
        for (var number = 0; number < 32; number++)
        {
            if (board.TryCollect(number, out var block))
            {
                Free(null, block);
            }
        }
    }

    private static Exception Broken(string what, ShmBlock block) => new InvalidOperationException($"{what}: {block}");

    private long NextByteCount()
    {
        var kind = _random.Next(1000);
        var most = kind < 700 ? 10 : kind < 950 ? 15 : kind < 994 ? 19 : 22;
        var floor = 1L << _random.Next(most);
        return floor + _random.NextInt64(floor);
    }

    private void Allocate(ShmHeap? heap)
    {
        var byteCount = NextByteCount();
        var isThere = heap is not null ? heap.TryAllocate(byteCount, out var block) : arena.TryAllocate(byteCount, out block);
        if (!isThere)
        {
            FreeOne(heap);
            return;
        }

        if (!board.TryTake(block.Offset, arena.SizeOf(block)))
        {
            throw Broken("a block was allocated while another thread holds it", block);
        }

        StressPattern.Write((byte*)arena.GetAddress(block), byteCount, ++_lastStamp);
        _live.Add(new StressBlock(block, _lastStamp, IsOffered: false));
    }

    private void FreeOne(ShmHeap? heap)
    {
        if (_live.Count > 0)
        {
            Free(heap, TakeAny());
        }
    }

    private StressBlock TakeAny()
    {
        var index = _random.Next(_live.Count);
        var taken = _live[index];
        _live[index] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
        return taken;
    }

    private void Post()
    {
        var block = TakeAny() with { IsOffered = _random.Next(2) == 0 };
        if (block.IsOffered)
        {
            arena.Offer(block.Block);
        }

        if (!board.TryPost(_random.Next(), block))
        {
            if (block.IsOffered)
            {
                arena.Claim(block.Block);
            }

            _live.Add(block with { IsOffered = false });
        }
    }

    private void Collect(ShmHeap? heap)
    {
        if (board.TryCollect(_random.Next(), out var block))
        {
            Free(heap, block);
        }
    }

    private void Free(ShmHeap? heap, StressBlock block)
    {
        if (block.IsOffered)
        {
            arena.Claim(block.Block);
        }

        if (!StressPattern.IsThere((byte*)arena.GetAddress(block.Block), block.Block.ByteCount, block.Stamp))
        {
            throw Broken("the bytes of a block changed", block.Block);
        }

        if (!board.TryReturn(block.Block.Offset, arena.SizeOf(block.Block)))
        {
            throw Broken("a block was freed by another thread", block.Block);
        }

        if (heap is not null)
        {
            heap.Free(block.Block);
        }
        else
        {
            arena.Free(block.Block);
        }
    }
}
