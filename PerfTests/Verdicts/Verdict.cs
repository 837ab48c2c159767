namespace PerfTests.Verdicts;

/// <summary>Judgement of one row.</summary>
public enum Verdict
{
    /// <summary>The value is not worse than the tolerance allows.</summary>
    Passed,

    /// <summary>The value is better by more than the tolerance.</summary>
    Improved,

    /// <summary>The value is worse by more than the tolerance, and that was confirmed.</summary>
    Regressed,

    /// <summary>The machine is too noisy at present to judge the row, or not all statistics show a slowdown.</summary>
    Inconclusive,

    /// <summary>There is no baseline of this machine class, and no commit to pair with.</summary>
    NotComparable,
}
