using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Unmaps 1 MiB that was never touched with <c>munmap</c>.</summary>
public class SegmentUnmapScenario : SegmentPartScenario
{
    [IterationSetup]
    public void Before()
    {
        Segments.Open();
        Segments.Truncate();
        Segments.Map();
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Unmap() => Segments.Unmap();

    [IterationCleanup]
    public void After()
    {
        Segments.Close();
        Segments.Unlink();
    }
}
