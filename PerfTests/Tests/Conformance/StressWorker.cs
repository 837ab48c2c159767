using Shm.Core;

namespace PerfTests.Tests.Conformance;

/// <summary>Allocates and frees blocks at random, and verifies that no other thread wrote to them.</summary>
internal static unsafe class StressWorker
{
    /// <summary>Runs a number of operations on the calling thread.</summary>
    internal static void Run(IShmAllocator allocator, int id, int operations)
    {
        var random = new Random(id + 1);
        var live = new List<(ShmBlock Block, ulong Stamp)>();
        for (var step = 0; step < operations; step++)
        {
            if (live.Count < 40 && (live.Count == 0 || random.Next(2) == 0))
            {
                var stamp = ((ulong)(id + 1) << 32) | (uint)step;
                var block = allocator.Allocate(16L << random.Next(10));
                Stamp(allocator, block, stamp);
                live.Add((block, stamp));
                continue;
            }

            var index = random.Next(live.Count);
            (var freed, var expected) = live[index];
            live[index] = live[^1];
            live.RemoveAt(live.Count - 1);
            Check(allocator, freed, expected);
            allocator.Free(freed);
        }

        foreach ((var block, var stamp) in live)
        {
            Check(allocator, block, stamp);
            allocator.Free(block);
        }
    }

    private static void Stamp(IShmAllocator allocator, ShmBlock block, ulong stamp)
    {
        var address = allocator.GetAddress(block);
        *(ulong*)address = stamp;
        *(ulong*)(address + (nint)block.ByteCount - sizeof(ulong)) = stamp;
    }

    private static void Check(IShmAllocator allocator, ShmBlock block, ulong stamp)
    {
        var address = allocator.GetAddress(block);
        var resolves = allocator.TryResolve((ulong)address, block.ByteCount, out var local) && local == address;
        var first = *(ulong*)address;
        var last = *(ulong*)(address + (nint)block.ByteCount - sizeof(ulong));
        if (!resolves || first != stamp || last != stamp)
        {
            throw new InvalidOperationException($"{block} contains {first:x} and {last:x}, expected {stamp:x}; resolves: {resolves}");
        }
    }
}
