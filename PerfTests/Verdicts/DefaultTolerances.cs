namespace PerfTests.Verdicts;

/// <summary>Tolerances of rows for which perfsettings.json sets none. README.md explains how they were chosen.</summary>
public static class DefaultTolerances
{
    /// <summary>Tolerance against a stored baseline.</summary>
    public static Tolerance Stored { get; } = new(10, 0.05);

    /// <summary>Tolerance for the sum of all accepted changes: against the oldest accepted value of a row.</summary>
    public static Tolerance Drift { get; } = new(15, 0.05);

    /// <summary>Returns the tolerance for two versions that are measured interleaved.</summary>
    public static Tolerance Paired(MetricKind kind) => kind switch
    {
        MetricKind.Copying => new Tolerance(4, 0),
        MetricKind.SystemCall => new Tolerance(6, 60),
        MetricKind.Concurrent => new Tolerance(25, 0),
        _ => new Tolerance(3, 0.02),
    };
}
