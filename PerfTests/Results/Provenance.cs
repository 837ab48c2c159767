namespace PerfTests.Results;

/// <summary>Origin of one value of a baseline. Several runs can add values to a baseline, so each value has its own origin.</summary>
public sealed record Provenance
{
    /// <summary>Commit that was measured.</summary>
    public string? GitCommit { get; init; }

    /// <summary>True if the working tree had changes that the commit lacks.</summary>
    public bool GitDirty { get; init; }

    /// <summary>Time of the measurement, in UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Reason for accepting the value although it was worse than the previous one; null if it was not worse.</summary>
    public string? AcceptedDespiteRegression { get; init; }

    /// <summary>Person who started the run that accepted the regression; null if there was none, or if the person is unknown.</summary>
    public string? AcceptedBy { get; init; }
}
