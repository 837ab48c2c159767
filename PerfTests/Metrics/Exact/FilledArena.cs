using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Exact;

/// <summary>A sparse arena whose blocks are never touched, filled until a request finds no room.</summary>
internal sealed class FilledArena : IDisposable
{
    private readonly ShmArena _arena;
    private readonly List<ShmBlock> _blocks = [];
    private long _requestedBytes;

    public FilledArena(long capacityBytes) =>
        _arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false });

    /// <summary>Requested bytes of live blocks, divided by the capacity.</summary>
    public double Utilisation => (double)_requestedBytes / _arena.CapacityBytes;

    /// <summary>What part of the free pages is not in their longest run: 0 is one run. A full arena has none.</summary>
    public double Fragmentation
    {
        get
        {
            var statistics = _arena.GetStatistics();
            var freeBytes = statistics.CapacityBytes - statistics.ClaimedBytes;
            return freeBytes == 0 ? 0 : 1 - ((double)statistics.LongestFreeRunBytes / freeBytes);
        }
    }

    /// <summary>Allocates until a request finds no room.</summary>
    /// <param name="nextByteCount">The size of the next request, in bytes.</param>
    public void Fill(Func<long> nextByteCount)
    {
        using var heap = _arena.OpenHeap();
        while (heap.TryAllocate(nextByteCount(), out var block))
        {
            _blocks.Add(block);
            _requestedBytes += block.ByteCount;
        }
    }

    /// <summary>Frees half of the blocks, chosen at random.</summary>
    public void FreeHalf(Random random)
    {
        for (var left = _blocks.Count / 2; left > 0; left--)
        {
            var index = random.Next(_blocks.Count);
            _arena.Free(_blocks[index]);
            _requestedBytes -= _blocks[index].ByteCount;
            _blocks[index] = _blocks[^1];
            _blocks.RemoveAt(_blocks.Count - 1);
        }
    }

    public void Dispose() => _arena.Dispose();
}
