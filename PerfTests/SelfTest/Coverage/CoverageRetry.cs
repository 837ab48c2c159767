using PerfTests.Verdicts;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Next attempt of a trial.</summary>
internal enum NextAttempt
{
    /// <summary>None: the result stands.</summary>
    None,

    /// <summary>The same pair again.</summary>
    Same,

    /// <summary>A pair with a longer loop.</summary>
    LongerLoop,
}

/// <summary>Decides whether a row that did not see a slowdown is paired again.</summary>
internal static class CoverageRetry
{
    /// <summary>Factor by which a loop is lengthened at most.</summary>
    private const double MaxLengthening = 2.5;

    /// <summary>
    /// Returns the next attempt. An inconclusive row is paired once more, as its message tells a user to do. If a row passed and its
    /// measured slowdown is smaller than expected, the loop is lengthened once, because the loop may run faster in a new process than in
    /// the process that calibrated it.
    /// </summary>
    public static NextAttempt After(CoverageTrial trial, bool wasRepeated, bool wasLengthened) =>
        trial.Verdict == Verdict.Inconclusive ? wasRepeated ? NextAttempt.None : NextAttempt.Same
        : !trial.IsSeen && trial.MeasuredPercent < trial.ExpectedPercent && !wasLengthened ? NextAttempt.LongerLoop
        : NextAttempt.None;

    /// <summary>Returns the slowdown of the row that the longer loop is calibrated for, in percent.</summary>
    public static double Lengthened(CoverageTrial trial) => trial.ExpectedPercent
        * (trial.MeasuredPercent > 0 ? Math.Min(MaxLengthening, trial.ExpectedPercent / trial.MeasuredPercent) : MaxLengthening);
}
