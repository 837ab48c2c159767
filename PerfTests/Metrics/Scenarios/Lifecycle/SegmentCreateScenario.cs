using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Creates segments of 1 MiB whose pages are not allocated.</summary>
public class SegmentCreateScenario() : SegmentLifecycleScenario(SegmentsPerInvoke)
{
    /// <summary>Number of segments in a sample.</summary>
    public const int SegmentsPerInvoke = 64;

    private readonly string[] _names = new string[SegmentsPerInvoke];

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < SegmentsPerInvoke; i++)
        {
            _names[i] = SegmentName.Generate();
        }
    }

    [Benchmark(OperationsPerInvoke = SegmentsPerInvoke)]
    public long Create()
    {
        for (var i = 0; i < SegmentsPerInvoke; i++)
        {
            Segments[i] = ShmSegment.CreateExclusive(BlockSize.OneMebibyte);
        }

        return Segments[^1]!.Length;
    }

    [Benchmark(OperationsPerInvoke = SegmentsPerInvoke)]
    public long CreateNamed()
    {
        for (var i = 0; i < SegmentsPerInvoke; i++)
        {
            Segments[i] = ShmSegment.CreateExclusive(_names[i], BlockSize.OneMebibyte);
        }

        return Segments[^1]!.Length;
    }

    [IterationCleanup]
    public void After() => DisposeSegments();
}
