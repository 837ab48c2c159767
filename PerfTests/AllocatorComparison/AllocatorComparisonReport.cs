using PerfTests.AllocatorComparison.Growth;
using PerfTests.AllocatorComparison.Scaling;
using PerfTests.Results;

namespace PerfTests.AllocatorComparison;

/// <summary>Results of one run of the allocator comparison; written as <c>peers.json</c>.</summary>
internal sealed record AllocatorComparisonReport
{
    /// <summary>Time when the report was written.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Machine and commit that were measured.</summary>
    public required ResultsMetadata Metadata { get; init; }

    /// <summary>Number of fresh processes that measured each row.</summary>
    public required int Processes { get; init; }

    /// <summary>Conditions that made the values noisier.</summary>
    public required IReadOnlyList<string> Disturbances { get; init; }

    /// <summary>Allocators that are missing on this machine, each with the packages to install.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Name and version of each native allocator that was measured.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>Rows in the order of the tables.</summary>
    public required IReadOnlyList<AllocatorComparisonRow> Rows { get; init; }

    /// <summary>Times of single operations of the arena at several sizes.</summary>
    public required IReadOnlyList<GrowthRow> Growth { get; init; }

    /// <summary>Two processes beside two threads.</summary>
    public required IReadOnlyList<TwoProcessesRow> TwoProcesses { get; init; }

    /// <summary>Use of the supply lock.</summary>
    public required IReadOnlyList<SupplyLockRow> SupplyLock { get; init; }
}
