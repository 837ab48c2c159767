using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>The trace, served by an arena.</summary>
public class ArenaTraceReplayScenario : TraceReplayScenario
{
    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => ShmArena.Create(2 * CapacityBlocks * BlockSize.OneMebibyte);
}
