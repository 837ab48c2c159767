using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Cycles of allocating one block and freeing it, in an arena.</summary>
public class ArenaCycleScenario : IDisposable
{
    /// <summary>The arena's capacity, in bytes; no block is touched.</summary>
    public const long CapacityBytes = 256 * BlockSize.OneMebibyte;

    private const int CyclesPerInvoke = 4096;

    private ShmArena _arena = null!;

    [GlobalSetup]
    public void Setup() => _arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Reserve = false });

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
