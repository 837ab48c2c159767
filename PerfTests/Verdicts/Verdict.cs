namespace PerfTests.Verdicts;

/// <summary>What can be said of a figure.</summary>
public enum Verdict
{
    /// <summary>Not worse than the tolerance allows.</summary>
    Passed,

    /// <summary>Better by more than the tolerance.</summary>
    Improved,

    /// <summary>Worse by more than the tolerance, and confirmed.</summary>
    Regressed,

    /// <summary>This machine, now, cannot tell.</summary>
    Inconclusive,

    /// <summary>There is nothing of this machine class to compare with.</summary>
    NotComparable,
}
