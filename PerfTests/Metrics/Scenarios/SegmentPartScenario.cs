using BenchmarkDotNet.Attributes;
using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Base of scenarios that time one of the system calls that create or remove a segment of 1 MiB.</summary>
public abstract class SegmentPartScenario : IDisposable
{
    /// <summary>Segments of a sample, with one call each.</summary>
    public const int SegmentsPerSample = 64;

    /// <summary>Resources that a sample takes and gives back.</summary>
    internal static RowNeeds NeedsOfSample { get; } =
        ScenarioNeeds.UntouchedSegments(SegmentsPerSample) with { OpenFiles = SegmentsPerSample };

    /// <summary>Calls in a sample.</summary>
    protected const int CallsPerInvoke = SegmentsPerSample;

    /// <summary>Segments that the calls are made on.</summary>
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
