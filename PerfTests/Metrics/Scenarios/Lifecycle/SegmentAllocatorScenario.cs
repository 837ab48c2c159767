using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Uses the original allocator and its new blocks.</summary>
public class SegmentAllocatorScenario : IDisposable
{
    /// <summary>Number of blocks in a sample.</summary>
    public const int BlocksPerInvoke = 64;

    private SegmentAllocator? _allocator;
    private ShmBlock[] _blocks = [];

    [IterationSetup]
    public void Before()
    {
        _allocator = new SegmentAllocator();
        _blocks = LookupKeys.AllocateBlocks(_allocator, BlocksPerInvoke);
    }

    /// <summary>Tries to allocate further blocks.</summary>
    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long TryAllocate()
    {
        long successes = 0;
        for (var i = 0; i < BlocksPerInvoke; i++)
        {
            successes += _allocator!.TryAllocate(BlockSize.OnePage, out _) ? 1 : 0;
        }

        return successes;
    }

    /// <summary>Describes the blocks for peer processes. The first description of a block reads the identity of its file.</summary>
    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long Describe()
    {
        ulong sum = 0;
        foreach (var block in _blocks)
        {
            sum += _allocator!.Describe(block).Address;
        }

        return (long)sum;
    }

    /// <summary>Disposes the allocator while it has blocks, which unmaps them and removes their names.</summary>
    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long DisposeAll()
    {
        _allocator!.Dispose();
        return BlocksPerInvoke;
    }

    [IterationCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }
}
