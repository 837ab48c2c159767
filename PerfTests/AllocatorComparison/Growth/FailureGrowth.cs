using BenchmarkDotNet.Attributes;
using PerfTests.AllocatorComparison.Scenarios;
using Shm.Arena;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Tries to allocate a block that is larger than all that an arena has left.</summary>
public class FailureGrowth : IDisposable
{
    /// <summary>Capacity of the arena, in bytes; no block is touched.</summary>
    public const long CapacityBytes = 64L << 20;

    private const int AttemptsPerInvoke = 100;

    /// <summary>Number of blocks in a full arena.</summary>
    private const int MaxBlocks = (int)(CapacityBytes / GrowthScenario.BlockBytes);

    private const int PageBytes = 4096;

    private ShmArena _arena = null!;
    private long _byteCount;

    /// <summary>Percentage of the capacity that small blocks fill.</summary>
    [Params(0, 25, 50, 75, 100)]
    public int FullPercent { get; set; }

    /// <summary>Creates the arena and fills a part of it.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _arena = ArenaHeap.CreateArena(CapacityBytes);
        var heap = _arena.OpenHeap();
        for (long count = 0; count < MaxBlocks * (long)FullPercent / 100 && heap.TryAllocate(GrowthScenario.BlockBytes, out _); count++)
        {
        }

        _byteCount = Math.Min(CapacityBytes, (CapacityBytes * (100 - FullPercent) / 100) + PageBytes);
        if (FullPercent == 0)
        {
            // A block of the whole capacity would fit in an empty arena.
            heap.Allocate(GrowthScenario.BlockBytes);
        }
    }

    /// <summary>Tries to allocate. Each attempt finds no room.</summary>
    /// <exception cref="InvalidOperationException">The arena has room for a block.</exception>
    [Benchmark(OperationsPerInvoke = AttemptsPerInvoke)]
    public long TryAllocate()
    {
        long successes = 0;
        for (var i = 0; i < AttemptsPerInvoke; i++)
        {
            successes += _arena.TryAllocate(_byteCount, out _) ? 1 : 0;
        }

        return successes == 0 ? 0 : throw new InvalidOperationException($"The arena had room for {CountText.Of(successes, "block")}.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
