using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Maps the pages of segments of 1 MiB that are reserved. The segments are so small that other programs' use of the memory hardly
/// changes the time, unlike the time of <see cref="PrefaultScenario"/>.
/// </summary>
public class SegmentPrefaultScenario() : SegmentLifecycleScenario(BackedSegmentScenario.SegmentsPerInvoke)
{
    private ShmSegment _owner = null!;

    [GlobalSetup]
    public void Setup() => _owner = ShmSegment.CreateExclusive(null, BlockSize.OneMebibyte, new ShmSegmentOptions { Reserve = true });

    [IterationSetup]
    public void Before()
    {
        for (var i = 0; i < Segments.Length; i++)
        {
            Segments[i] = ShmSegment.Open(_owner.Name, BlockSize.OneMebibyte);
        }
    }

    /// <summary>Maps the pages.</summary>
    /// <exception cref="CannotMeasureHereException">The kernel does not support this, or has no memory.</exception>
    [Benchmark(OperationsPerInvoke = BackedSegmentScenario.SegmentsPerInvoke)]
    public long Prefault()
    {
        foreach (var segment in Segments)
        {
            if (!segment!.TryPrefault(0, BlockSize.OneMebibyte))
            {
                throw PrefaultFailure.Explain();
            }
        }

        return Segments.Length;
    }

    [IterationCleanup]
    public void After() => DisposeSegments();

    /// <inheritdoc/>
    protected override void DisposeOwner() => _owner?.Dispose();
}
