namespace PerfTests.Results;

/// <summary>What kept a row from having a value.</summary>
public enum NotMeasuredOutcome
{
    /// <summary>The machine lacks what the row takes.</summary>
    Lacking,

    /// <summary>The settings file switches the row off.</summary>
    Disabled,

    /// <summary>Measuring failed.</summary>
    Failed,
}
