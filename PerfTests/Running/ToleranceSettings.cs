namespace PerfTests.Running;

/// <summary>What the settings file says of a tolerance; what it does not say stays as it is.</summary>
public sealed record ToleranceSettings
{
    /// <summary>Relative to what is compared with.</summary>
    public double? Percent { get; init; }

    /// <summary>Per operation; must be exceeded too.</summary>
    public double? Nanoseconds { get; init; }
}
