using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Outcome of a row, from which <see cref="RowAssertion"/> decides the test result.</summary>
/// <param name="Verdict">Verdict of the row.</param>
/// <param name="Message">Message that explains the verdict.</param>
/// <param name="IsStrict">True if the row fails when it cannot be judged; false if it is skipped then.</param>
public sealed record RowOutcome(Verdict Verdict, string Message, bool IsStrict)
{
    /// <summary>True if the settings file disables the row.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>True if the user gave a reason to accept a regression, so that the test passes in spite of it.</summary>
    public bool IsAccepted { get; init; }
}
