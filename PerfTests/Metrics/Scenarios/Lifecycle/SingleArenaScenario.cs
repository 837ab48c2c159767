using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Base class of scenarios that use one sparse arena for all samples.</summary>
public abstract class SingleArenaScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes.</summary>
    public const long CapacityBytes = ShmArenaOptions.MinCapacityBytes;

    /// <summary>Arena of the scenario.</summary>
    protected internal ShmArena Arena { get; private set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        Arena = ArenaScenarios.CreateSparse(CapacityBytes);
        Prepare();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Arena?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares the new arena.</summary>
    protected virtual void Prepare()
    {
    }
}
