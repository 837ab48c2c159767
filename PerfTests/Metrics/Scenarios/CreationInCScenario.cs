using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>What <see cref="ShmAllocationScenario"/> does, from C: <c>shm_open</c>, <c>ftruncate</c> and <c>mmap</c>, and nothing else.</summary>
public class CreationInCScenario : SegmentPartScenario
{
    private readonly nint _function = CLibrary.Function("create_segments");

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Create() => Segments.CreateBy(_function);

    [IterationCleanup]
    public void After()
    {
        Segments.Close();
        Segments.Unmap();
        Segments.Unlink();
    }
}
