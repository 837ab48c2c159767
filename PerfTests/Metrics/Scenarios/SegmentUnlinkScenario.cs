using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Removes an unmapped object with <c>shm_unlink</c>.</summary>
public class SegmentUnlinkScenario : SegmentPartScenario
{
    [IterationSetup]
    public void Before()
    {
        Segments.Open();
        Segments.Truncate();
        Segments.Close();
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Unlink() => Segments.Unlink();
}
