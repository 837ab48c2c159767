namespace PerfTests.Results;

/// <summary>
/// Where one figure of a baseline comes from. A baseline grows: its figures are of different runs, and what is
/// true of the newest is not true of the others.
/// </summary>
public sealed record Provenance
{
    /// <summary>The commit that was measured.</summary>
    public string? GitCommit { get; init; }

    /// <summary>True if there were changes that the commit does not have.</summary>
    public bool GitDirty { get; init; }

    /// <summary>When it was measured, in UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Why it was accepted although it was worse than the figure before it.</summary>
    public string? AcceptedDespiteRegression { get; init; }
}
