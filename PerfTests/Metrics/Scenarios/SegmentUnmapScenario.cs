using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Uses <c>munmap</c> to unmap 1 MiB that was never touched.</summary>
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
