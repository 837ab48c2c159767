using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Creates arenas of 4 MiB.</summary>
public class ArenaCreateScenario : ArenaLifecycleScenario
{
    /// <summary>1 if the arena reserves its memory.</summary>
    [Params(0, 1)]
    public int Reserved { get; set; }

    [Benchmark(OperationsPerInvoke = ArenasPerInvoke)]
    public long Create()
    {
        CreateArenas(Reserved == 1);
        return Arenas[^1]!.Id;
    }

    [IterationCleanup]
    public void After() => DisposeArenas();
}
