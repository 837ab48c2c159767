namespace PerfTests.Verdicts;

/// <summary>Reason why a pair is inconclusive.</summary>
public enum InconclusiveReason
{
    /// <summary>The A/A control shows a change of equal code.</summary>
    ControlFailed,

    /// <summary>
    /// The row looks slower, but the ratio of minima and the median of pair ratios differ by more than twice the tolerance.
    /// </summary>
    Contradiction,

    /// <summary>
    /// Only some statistics show a slowdown, the median by the wall clock among them, and less clearly than a regression must.
    /// </summary>
    MayWaitLonger,

    /// <summary>A sample has a value that no measurement can have, or its statistics overflow.</summary>
    ImpossibleSample,
}
