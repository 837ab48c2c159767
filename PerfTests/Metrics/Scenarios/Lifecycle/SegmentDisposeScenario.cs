using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Disposes segments of 1 MiB whose pages are not allocated, in the process that created them.</summary>
public class SegmentDisposeScenario() : SegmentLifecycleScenario(SegmentCreateScenario.SegmentsPerInvoke)
{
    [IterationSetup]
    public void Before()
    {
        for (var i = 0; i < Segments.Length; i++)
        {
            Segments[i] = ShmSegment.CreateExclusive(BlockSize.OneMebibyte);
        }
    }

    [Benchmark(OperationsPerInvoke = SegmentCreateScenario.SegmentsPerInvoke)]
    public long DisposeAll()
    {
        DisposeSegments();
        return Segments.Length;
    }
}
