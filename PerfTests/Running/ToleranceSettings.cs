namespace PerfTests.Running;

/// <summary>Tolerance in the settings file; a null property keeps the default.</summary>
public sealed record ToleranceSettings
{
    /// <summary>Allowed slowdown in percent of the baseline.</summary>
    public double? Percent { get; init; }

    /// <summary>
    /// Allowed slowdown in nanoseconds per operation. A row has regressed only if its slowdown exceeds both limits.
    /// </summary>
    public double? Nanoseconds { get; init; }
}
