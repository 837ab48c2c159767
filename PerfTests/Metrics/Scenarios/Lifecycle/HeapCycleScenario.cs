using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Alternately opens and disposes a heap. Each heap takes over the heap slot of the disposed heap.</summary>
public class HeapCycleScenario : SingleArenaScenario
{
    private const int CyclesPerInvoke = 100;

    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long OpenAndDispose()
    {
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            Arena.OpenHeap().Dispose();
        }

        return Arena.Id;
    }
}
