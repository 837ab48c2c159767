using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Alternately opens and disposes a heap. Each heap takes over the heap slot of the disposed heap.</summary>
public class HeapCycleScenario : SingleArenaScenario
{
    /// <summary>Number of cycles in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = 100;

    [Benchmark]
    public long OpenAndDispose()
    {
        var cycles = OperationsPerInvoke;
        for (long i = 0; i < cycles; i++)
        {
            Arena.OpenHeap().Dispose();
        }

        return Arena.Id;
    }
}
