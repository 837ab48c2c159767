using BenchmarkDotNet.Attributes;
using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Base class of scenarios. Each scenario measures one of the system calls that create or remove a segment of 1 MiB.</summary>
public abstract class SegmentPartScenario : IDisposable
{
    /// <summary>Number of segments in a sample. One call is made on each.</summary>
    public const int SegmentsPerSample = 64;

    /// <summary>Resources that a sample takes and gives back.</summary>
    internal static RowNeeds NeedsOfSample { get; } =
        ScenarioNeeds.UntouchedSegments(SegmentsPerSample) with { OpenFiles = SegmentsPerSample };

    /// <summary>Number of calls in a sample.</summary>
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
