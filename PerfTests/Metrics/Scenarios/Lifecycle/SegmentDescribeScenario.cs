using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Describes new blocks of the original allocator for peer processes. The first description of a block reads the identity of its file.
/// </summary>
public class SegmentDescribeScenario : IDisposable
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
