using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Cycles of allocating one block and freeing it, in the original allocator.</summary>
public class ShmCycleScenario : IDisposable
{
    private const int CyclesPerInvoke = 16;

    private SegmentAllocator _allocator = null!;

    [GlobalSetup]
    public void Setup() => _allocator = new SegmentAllocator();

    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long AllocateAndFree()
    {
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            var block = _allocator.Allocate(BlockSize.OneMebibyte);
            sum += block.Offset;
            _allocator.Free(block);
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }
}
