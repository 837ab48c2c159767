using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Frees a block of the original allocator: <c>munmap</c> and <c>unlinkat</c>.</summary>
public class SegmentFreeScenario : IDisposable
{
    private const int BlocksPerInvoke = 64;

    private readonly ShmBlock[] _blocks = new ShmBlock[BlocksPerInvoke];
    private SegmentAllocator _allocator = null!;

    [GlobalSetup]
    public void Setup() => _allocator = new SegmentAllocator();

    [IterationSetup]
    public void Before()
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = _allocator.Allocate(BlockSize.OneMebibyte);
        }
    }

    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long Free()
    {
        foreach (var block in _blocks)
        {
            _allocator.Free(block);
        }

        return _allocator.SegmentCount;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }
}
