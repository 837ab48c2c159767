namespace PerfTests.Results;

/// <summary>Reason why a row has no value.</summary>
public enum NotMeasuredOutcome
{
    /// <summary>The machine lacks what the row takes.</summary>
    Lacking,

    /// <summary>The settings file switches the row off.</summary>
    Disabled,

    /// <summary>Measuring failed.</summary>
    Failed,
}
