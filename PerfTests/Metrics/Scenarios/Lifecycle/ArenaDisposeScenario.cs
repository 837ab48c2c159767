using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Disposes arenas of 4 MiB in the process that created them, which unmaps their memory and removes their names.</summary>
public class ArenaDisposeScenario : ArenaLifecycleScenario
{
    /// <summary>1 if the arena has reserved its memory.</summary>
    [Params(0, 1)]
    public int Reserved { get; set; }

    [IterationSetup]
    public void Before() => CreateArenas(Reserved == 1);

    [Benchmark(OperationsPerInvoke = ArenasPerInvoke)]
    public long DisposeAll()
    {
        DisposeArenas();
        return ArenasPerInvoke;
    }
}
