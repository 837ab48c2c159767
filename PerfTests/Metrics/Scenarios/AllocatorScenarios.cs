namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Benchmark classes of an allocator. If an allocator leaves a class out, the metric of that class has no row of that allocator.
/// </summary>
public sealed record AllocatorScenarios
{
    /// <summary>Class that derives from <see cref="AllocationScenario{TAllocator}"/>.</summary>
    public AllocatorScenario? Allocation { get; init; }

    /// <summary>Class that derives from <see cref="CycleScenario{TAllocator}"/>.</summary>
    public AllocatorScenario? Cycle { get; init; }

    /// <summary>Class that derives from <see cref="TransferScenario"/>.</summary>
    public AllocatorScenario? Transfer { get; init; }

    /// <summary>Class that derives from <see cref="TraceReplayScenario"/>.</summary>
    public AllocatorScenario? TraceReplay { get; init; }
}
