namespace PerfTests.Results;

/// <summary>Kind of reason why a row has no value.</summary>
public enum NotMeasuredOutcome
{
    /// <summary>The machine lacks memory, files, processors or permissions that the row needs.</summary>
    Lacking,

    /// <summary>The settings file disables the row.</summary>
    Disabled,

    /// <summary>The measurement failed.</summary>
    Failed,
}
