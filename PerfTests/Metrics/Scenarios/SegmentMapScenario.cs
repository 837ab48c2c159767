using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Maps a segment of 1 MiB with <c>mmap</c>.</summary>
public class SegmentMapScenario : SegmentPartScenario
{
    [IterationSetup]
    public void Before()
    {
        Segments.Open();
        Segments.Truncate();
    }

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Map() => Segments.Map();

    [IterationCleanup]
    public void After()
    {
        Segments.Unmap();
        Segments.Close();
        Segments.Unlink();
    }
}
