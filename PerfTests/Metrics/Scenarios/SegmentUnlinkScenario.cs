using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary><c>shm_unlink</c> of an object that nobody has mapped.</summary>
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
