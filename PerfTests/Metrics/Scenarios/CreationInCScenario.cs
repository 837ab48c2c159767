using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Creates segments in C, for comparison with <see cref="ShmAllocationScenario"/>.</summary>
public class CreationInCScenario : SegmentPartScenario
{
    private readonly nint _function = CLibrary.Function("create_segments");

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Create() => Segments.CreateBy(_function);

    [IterationCleanup]
    public void After()
    {
        Segments.Unmap();
        Segments.Unlink();
    }
}
