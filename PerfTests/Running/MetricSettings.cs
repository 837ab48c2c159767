namespace PerfTests.Running;

/// <summary>What the settings file says of one metric.</summary>
public sealed record MetricSettings
{
    /// <summary>How much worse than a stored baseline it may be.</summary>
    public ToleranceSettings? Stored { get; init; }

    /// <summary>How much slower than the base it may be where both are measured interleaved.</summary>
    public ToleranceSettings? Paired { get; init; }

    /// <summary>A reason not to run it at all; the rows are skipped with it.</summary>
    public string? Disabled { get; init; }
}
