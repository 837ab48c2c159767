using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary><c>ftruncate</c> of a new object to 1 MiB.</summary>
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
