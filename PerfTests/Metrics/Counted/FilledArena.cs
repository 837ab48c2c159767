using PerfTests.Metrics.Scenarios;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Counted;

/// <summary>Sparse arena that is filled until a request finds no room; its blocks are never touched.</summary>
internal sealed class FilledArena : IDisposable
{
    private readonly ShmArena _arena;
    private readonly List<ShmBlock> _blocks = [];
    private long _requestedBytes;

    /// <summary>Free bytes of <c>/dev/shm</c> that an allocation requires. A single allocation never claims this much metadata.</summary>
    private const long RoomForMetadata = 1 << 20;

    public FilledArena(long capacityBytes) =>
        _arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false });

    /// <summary>Requested bytes of live blocks, divided by the capacity.</summary>
    public double Utilisation => (double)_requestedBytes / _arena.CapacityBytes;

    /// <summary>Allocates until a request finds no room.</summary>
    /// <param name="nextByteCount">Returns the size of the next request, in bytes.</param>
    public void Fill(Func<long> nextByteCount)
    {
        using var heap = _arena.OpenHeap();
        while (heap.TryAllocate(nextByteCount(), out var block))
        {
            _blocks.Add(block);
            _requestedBytes += block.ByteCount;
        }

        RequireRoomForMetadata();
    }

    /// <summary>Allocates one block.</summary>
    /// <returns>False if there is no room.</returns>
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        var isDone = _arena.TryAllocate(byteCount, out block);
        _requestedBytes += block.ByteCount;
        if (!isDone)
        {
            RequireRoomForMetadata();
        }

        return isDone;
    }

    /// <summary>Frees a block that <see cref="TryAllocate"/> returned.</summary>
    public void Free(ShmBlock block)
    {
        _arena.Free(block);
        _requestedBytes -= block.ByteCount;
    }

    /// <summary>Frees a random half of the blocks that <see cref="Fill"/> allocated.</summary>
    public void FreeHalf(Random random)
    {
        for (var left = _blocks.Count / 2; left > 0; left--)
        {
            var index = random.Next(_blocks.Count);
            Free(_blocks[index]);
            _blocks[index] = _blocks[^1];
            _blocks.RemoveAt(_blocks.Count - 1);
        }
    }

    /// <summary>
    /// Fills the arena with large requests, and returns the fraction of free memory that they could not use. Free memory is the
    /// capacity minus the requested bytes of live blocks. Gorman and Whitcroft call this the unusable free space index ("The What,
    /// The Why and the Where To of Anti-Fragmentation", OLS 2006).
    /// </summary>
    /// <param name="byteCount">Size of each large request, in bytes.</param>
    public double UnusableBy(long byteCount)
    {
        var freeBytes = _arena.CapacityBytes - _requestedBytes;
        var before = _requestedBytes;
        Fill(() => byteCount);
        return freeBytes == 0 ? 0 : 1 - ((double)(_requestedBytes - before) / freeBytes);
    }

    /// <summary>
    /// Throws if <c>/dev/shm</c> lacks room for metadata. An allocation that fails for that reason says nothing about the capacity.
    /// </summary>
    private static void RequireRoomForMetadata() => SharedMemoryClaim.RequireFree(RoomForMetadata);

    public void Dispose() => _arena.Dispose();
}
