using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Base class of scenarios, each of which measures one step in the life of a segment.</summary>
/// <param name="segmentCount">Number of segments in a sample.</param>
public abstract class SegmentLifecycleScenario(int segmentCount) : IDisposable
{
    /// <summary>Segments of a sample.</summary>
    protected ShmSegment?[] Segments { get; } = new ShmSegment?[segmentCount];

    [GlobalCleanup]
    public void Dispose()
    {
        DisposeSegments();
        DisposeOwner();
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the segments of a sample.</summary>
    protected void DisposeSegments()
    {
        foreach (var segment in Segments)
        {
            segment?.Dispose();
        }
    }

    /// <summary>Disposes the objects that all samples use.</summary>
    protected virtual void DisposeOwner()
    {
    }
}
