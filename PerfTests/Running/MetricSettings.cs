namespace PerfTests.Running;

/// <summary>Settings of one metric or row in the settings file.</summary>
public sealed record MetricSettings
{
    /// <summary>Tolerance when a row is compared with a stored baseline.</summary>
    public ToleranceSettings? Stored { get; init; }

    /// <summary>Tolerance when a row is compared with its oldest accepted value.</summary>
    public ToleranceSettings? Drift { get; init; }

    /// <summary>Tolerance when baseline and candidate are measured side by side.</summary>
    public ToleranceSettings? Paired { get; init; }

    /// <summary>Reason to skip the row, or all rows of the metric; null to run them.</summary>
    public string? Disabled { get; init; }
}
