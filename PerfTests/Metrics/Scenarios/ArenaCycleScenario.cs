using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Cycles of allocating one block and freeing it, in an arena.</summary>
public class ArenaCycleScenario : IDisposable
{
    private const int CyclesPerInvoke = 4096;

    private ShmArena _arena = null!;

    [GlobalSetup]
    public void Setup() => _arena = ShmArena.Create(256 * BlockSize.OneMebibyte);

    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long AllocateAndFree()
    {
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            var block = _arena.Allocate(BlockSize.OneMebibyte);
            sum += block.Offset;
            _arena.Free(block);
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
