using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>What <see cref="ShmAllocationScenario"/> does, from C: the three calls alone, or with <c>close</c>.</summary>
public class CreationInCScenario : SegmentPartScenario
{
    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Create() => Segments.CreateBy(CLibrary.Function("create_segments"));

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long CreateAndClose() => Segments.CreateBy(CLibrary.Function("create_and_close_segments"));

    [IterationCleanup]
    public void After()
    {
        Segments.Close();
        Segments.Unmap();
        Segments.Unlink();
    }
}
