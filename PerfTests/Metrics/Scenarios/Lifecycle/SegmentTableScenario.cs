using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Finds blocks in the original allocator while it has 100 blocks.</summary>
public class SegmentTableScenario : IDisposable
{
    /// <summary>Number of blocks.</summary>
    public const int BlockCount = Catalogue.DefaultSegmentCount;

    private const int CallsPerInvoke = LookupKeys.MaxKeys;

    private readonly ShmBlock[] _keys = new ShmBlock[CallsPerInvoke];
    private SegmentAllocator _allocator = null!;

    [GlobalSetup]
    public void Setup()
    {
        _allocator = new SegmentAllocator();
        var blocks = LookupKeys.AllocateBlocks(_allocator, BlockCount);
        var random = new Random(1);
        for (var i = 0; i < _keys.Length; i++)
        {
            _keys[i] = blocks[random.Next(blocks.Length)];
        }

        // The first description of a block reads the identity of its file.
        _allocator.DescribeAll();
    }

    /// <summary>Gets the addresses of blocks.</summary>
    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long GetAddress()
    {
        nint sum = 0;
        foreach (var block in _keys)
        {
            sum += _allocator.GetAddress(block);
        }

        return sum;
    }

    /// <summary>Describes all blocks.</summary>
    [Benchmark(OperationsPerInvoke = BlockCount)]
    public long DescribeAll() => _allocator.DescribeAll().Count;

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }
}
