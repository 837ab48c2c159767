using PerfTests.KillTest.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.KillTest.Workers;

/// <summary>
/// Performs every operation of an arena in random order. The worker keeps a list of its blocks in the control memory,
/// where the auditor reads the list. Between two operations the list is exact.
/// </summary>
internal sealed unsafe class RandomOperations
{
    /// <summary>
    /// Maximum number of bytes that a worker holds. All workers together hold too little to fill the arena, because a failed
    /// allocation tests only a small part of the arena's code.
    /// </summary>
    private const long MaxHeldBytes = 9L << 20;

    private const int MaxHeaps = 3;

    private readonly ShmArena _arena;
    private readonly Random _random;
    private readonly HeldBlocks _held;
    private readonly Exchange _exchange;
    private readonly List<ShmHeap> _heaps = [];
    private ulong _stamp;

    internal RandomOperations(ControlMemory control, int index, ShmArena arena, int seed)
    {
        (_arena, _random) = (arena, new Random(seed));
        _held = new HeldBlocks(control, index, arena);
        _exchange = new Exchange(control, index, arena, _held);
        _stamp = (ulong)arena.Member.Token << 32;
    }

    /// <summary>Performs one operation.</summary>
    /// <param name="isCalm">True to leave out operations that start a recovery or make one necessary.</param>
    internal void Next(bool isCalm)
    {
        var draw = _random.Next(1000);
        Action<bool> operation = draw switch
        {
            < 450 => _ => Allocate(),
            < 800 => _ => Free(),
            < 860 => _ => _exchange.Receive(),
            < 900 => _ => _exchange.HandOver(_random.Next(1, ControlMemory.WorkerCount), _random),
            < 930 => _ => _exchange.Offer(_random),
            < 960 => _ => _exchange.Claim(_random.Next(ControlMemory.OfferCount)),
            < 990 => _ => OpenOrClose(),
            < 996 => calm => Recover(calm),
            _ => calm => AttachOnceMore(calm),
        };
        operation(isCalm);
    }

    /// <summary>Checks and frees every block that the worker holds, was sent, or can claim.</summary>
    internal void Drain()
    {
        _held.FreeAll();
        _exchange.Receive();
        for (var offer = 0; offer < ControlMemory.OfferCount; offer++)
        {
            _exchange.Claim(offer);
        }

        _held.FreeAll();
        while (_heaps.Count > 0)
        {
            Close();
        }
    }

    private void Allocate()
    {
        var byteCount = Size();
        if (_held.Count == WorkerArea.MaxBlocks || _held.ByteCount + byteCount > MaxHeldBytes)
        {
            return;
        }

        var isAligned = _random.Next(20) == 0;
        var heap = _heaps.Count > 0 && _random.Next(2) == 0 ? _heaps[_random.Next(_heaps.Count)] : null;
        var isDone = heap is not null ? heap.TryAllocate(byteCount, out var block)
            : isAligned ? TryAllocateAligned(byteCount, out block) : _arena.TryAllocate(byteCount, out block);
        if (isDone)
        {
            _held.Add(block, ++_stamp);
        }
    }

    private bool TryAllocateAligned(long byteCount, out ShmBlock block)
    {
        using var heap = _arena.OpenHeap();
        return heap.TryAllocateAligned(byteCount, 1L << _random.Next(4, 17), out block);
    }

    private long Size() => _random.Next(100) switch
    {
        < 50 => _random.Next(8, 1024),
        < 70 => 24,
        < 85 => 4096 + _random.Next(3) * 4096,
        < 97 => 1L << _random.Next(14, 20),
        _ => (2L << 20) + 1 + _random.Next(1 << 20),
    };

    private void Free()
    {
        // One call in 60 frees all blocks, so that slabs become empty and are released.
        for (var count = _random.Next(60) == 0 ? _held.Count : 1; count > 0 && _held.Count > 0; count--)
        {
            var heap = _heaps.Count > 0 && _random.Next(3) == 0 ? _heaps[_random.Next(_heaps.Count)] : null;
            _held.Free(_random.Next(_held.Count), heap);
        }
    }

    private void OpenOrClose()
    {
        if (_heaps.Count < MaxHeaps && _random.Next(2) == 0)
        {
            _heaps.Add(_arena.OpenHeap());
        }
        else if (_heaps.Count > 0)
        {
            Close();
        }
    }

    private void Close()
    {
        _heaps[^1].Dispose();
        _heaps.RemoveAt(_heaps.Count - 1);
    }

    private void Recover(bool isCalm)
    {
        if (!isCalm)
        {
            _arena.Recover();
        }
    }

    /// <summary>
    /// Attaches to the arena a second time in this process, and detaches without freeing the blocks and slabs of this
    /// attachment.
    /// </summary>
    private void AttachOnceMore(bool isCalm)
    {
        if (isCalm || _held.Count == WorkerArea.MaxBlocks)
        {
            return;
        }

        using var second = ShmArena.Attach(_arena.Name);
        if (second.TryAllocate(Size(), out var left)
            & second.TryAllocate(1000, out var kept)
            & second.TryAllocate(1000, out var freed))
        {
            BlockPattern.Write(second, left, ++_stamp);
            BlockPattern.Write(second, kept, ++_stamp);
            second.HandOver(kept, _arena.Member);
            _held.List(kept, _stamp);
            _arena.Free(freed);
        }
    }
}
