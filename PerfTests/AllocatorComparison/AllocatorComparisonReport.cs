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

    /// <summary>Rows in the order of the tables.</summary>
    public required IReadOnlyList<AllocatorComparisonRow> Rows { get; init; }
}
