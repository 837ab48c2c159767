using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Uses <c>unlinkat</c> to remove a segment that is not mapped.</summary>
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
