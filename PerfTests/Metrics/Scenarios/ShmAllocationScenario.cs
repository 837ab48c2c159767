using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Allocating from the original allocator: <c>shm_open</c>, <c>ftruncate</c>, <c>mmap</c> per block.</summary>
public class ShmAllocationScenario : IDisposable
{
    /// <summary>Blocks that an invocation allocates.</summary>
    public const int BlocksPerInvoke = 64;

    private readonly ShmBlock[] _blocks = new ShmBlock[BlocksPerInvoke];
    private SegmentAllocator _allocator = null!;

    [GlobalSetup]
    public void Setup() => _allocator = new SegmentAllocator();

    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long Allocate()
    {
        var blocks = _blocks;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = _allocator.Allocate(BlockSize.OneMebibyte);
        }

        return blocks[^1].Offset;
    }

    /// <summary>Gives back, outside the measured time, what one chunk allocated.</summary>
    [IterationCleanup(Target = nameof(Allocate))]
    public void FreeAll()
    {
        foreach (var block in _blocks)
        {
            _allocator.Free(block);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }
}
