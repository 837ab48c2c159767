namespace PerfTests.Running;

/// <summary>What the settings file says of one metric.</summary>
public sealed record MetricSettings
{
    /// <summary>How much worse than a stored baseline it may be, in percent.</summary>
    public double? TolerancePercent { get; init; }

    /// <summary>Beside the percentage, for times: how many nanoseconds per operation.</summary>
    public double? ToleranceNanoseconds { get; init; }

    /// <summary>A reason not to run it at all; the rows are skipped with it.</summary>
    public string? Disabled { get; init; }
}
