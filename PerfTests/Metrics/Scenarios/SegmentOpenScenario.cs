using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Creates a segment of length 0 with <c>openat</c>.</summary>
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
