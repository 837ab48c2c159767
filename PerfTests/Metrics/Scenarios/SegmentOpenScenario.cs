using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Creates an object with <c>shm_open</c>.</summary>
public class SegmentOpenScenario : SegmentPartScenario
{
    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Open() => Segments.Open();

    [IterationCleanup]
    public void After()
    {
        Segments.Close();
        Segments.Unlink();
    }
}
