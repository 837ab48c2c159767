using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Recovers an arena in which no member has exited. One other member is attached.</summary>
public class IdleRecoveryScenario : IDisposable
{
    private const int CallsPerInvoke = 16;

    private ShmArena _arena = null!;
    private ShmArena? _member;

    [GlobalSetup]
    public void Setup()
    {
        _arena = ArenaScenarios.CreateSparse(ShmArenaOptions.MinCapacityBytes);
        _member = ShmArena.Attach(_arena.Name);
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Recover()
    {
        long count = 0;
        for (var i = 0; i < CallsPerInvoke; i++)
        {
            count += _arena.Recover().AdoptedSlabCount;
        }

        return count;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _member?.Dispose();
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
