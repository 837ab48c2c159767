using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Creates and opens segments of 1 MiB whose pages are allocated or mapped at once.</summary>
public class BackedSegmentScenario() : SegmentLifecycleScenario(SegmentsPerInvoke)
{
    /// <summary>Number of segments in a sample.</summary>
    public const int SegmentsPerInvoke = 8;

    private ShmSegment _owner = null!;

    [GlobalSetup]
    public void Setup() => _owner = ShmSegment.CreateExclusive(null, BlockSize.OneMebibyte, new ShmSegmentOptions { Reserve = true });

    /// <summary>Creates segments with reservation: fallocate allocates the pages.</summary>
    [Benchmark(OperationsPerInvoke = SegmentsPerInvoke)]
    public long CreateReserved() => Create(new ShmSegmentOptions { Reserve = true });

    /// <summary>Creates segments and maps their pages: madvise allocates the pages.</summary>
    [Benchmark(OperationsPerInvoke = SegmentsPerInvoke)]
    public long CreatePrefaulted() => Create(new ShmSegmentOptions { Prefault = true });

    /// <summary>Opens a segment and maps its pages, which are allocated already.</summary>
    [Benchmark(OperationsPerInvoke = SegmentsPerInvoke)]
    public long OpenPrefaulted()
    {
        var options = new ShmSegmentOpenOptions { Prefault = true };
        for (var i = 0; i < SegmentsPerInvoke; i++)
        {
            Segments[i] = ShmSegment.Open(_owner.Name, BlockSize.OneMebibyte, options);
        }

        return Segments[^1]!.Length;
    }

    [IterationCleanup]
    public void After() => DisposeSegments();

    /// <inheritdoc/>
    protected override void DisposeOwner() => _owner?.Dispose();

    private long Create(ShmSegmentOptions options)
    {
        for (var i = 0; i < SegmentsPerInvoke; i++)
        {
            Segments[i] = ShmSegment.CreateExclusive(null, BlockSize.OneMebibyte, options);
        }

        return Segments[^1]!.Length;
    }
}
