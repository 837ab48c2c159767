using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>The trace, served by the original allocator.</summary>
public class ShmTraceReplayScenario : TraceReplayScenario
{
    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => new SegmentAllocator();
}
