using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios;

/// <summary>One of the system calls that make and unmake a segment of 1 MiB, by itself.</summary>
public abstract class SegmentPartScenario : IDisposable
{
    /// <summary>Segments that a sample works on, a call each.</summary>
    public const int SegmentsPerSample = 64;

    /// <summary>Calls in a sample.</summary>
    protected const int CallsPerInvoke = SegmentsPerSample;

    /// <summary>What the calls work on.</summary>
    private protected RawSegments Segments { get; private set; } = null!;

    [GlobalSetup]
    public void Setup() => Segments = new RawSegments(CallsPerInvoke);

    [GlobalCleanup]
    public void Dispose()
    {
        Segments?.Dispose();
        GC.SuppressFinalize(this);
    }
}
