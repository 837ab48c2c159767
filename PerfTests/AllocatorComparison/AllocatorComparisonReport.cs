using PerfTests.Results;

namespace PerfTests.AllocatorComparison;

/// <summary>All that a run measured beside peers; the JSON.</summary>
internal sealed record AllocatorComparisonReport
{
    /// <summary>When it was written.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Where and of what it was measured.</summary>
    public required ResultsMetadata Metadata { get; init; }

    /// <summary>In how many fresh processes each row was measured.</summary>
    public required int Processes { get; init; }

    /// <summary>What makes the figures worth less.</summary>
    public required IReadOnlyList<string> Disturbances { get; init; }

    /// <summary>The peers that are not here, and how to get them.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>In the order of the tables.</summary>
    public required IReadOnlyList<AllocatorComparisonRow> Rows { get; init; }
}
