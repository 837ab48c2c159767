namespace PerfTests.Verdicts;

/// <summary>Reason why a pair is inconclusive.</summary>
public enum InconclusiveReason
{
    /// <summary>The A/A control shows a change of equal code.</summary>
    ControlFailed,

    /// <summary>
    /// The row looks slower, but its two statistics differ by more than twice the tolerance, and at least one is within 1.3 times the
    /// tolerance.
    /// </summary>
    Contradiction,

    /// <summary>The row looks slower, but by no more than twice the standard error that follows from the spread of its samples.</summary>
    Spread,

    /// <summary>
    /// The wall clock shows a slowdown that is too small or too uneven to be a regression, and the other statistics do not confirm it.
    /// </summary>
    MayWaitLonger,

    /// <summary>A sample has a value that no measurement can have, or its statistics overflow.</summary>
    ImpossibleSample,
}
