using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary><c>shm_open</c> of a new object.</summary>
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
