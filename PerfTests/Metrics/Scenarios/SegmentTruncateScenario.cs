using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Sets the length of a new segment to 1 MiB with <c>ftruncate</c>.</summary>
public class SegmentTruncateScenario : SegmentPartScenario
{
    [IterationSetup]
    public void Before()
    {
        Segments.Open();
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Truncate() => Segments.Truncate();

    [IterationCleanup]
    public void After()
    {
        Segments.Close();
        Segments.Unlink();
    }
}
