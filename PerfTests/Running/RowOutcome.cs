using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>What the assertion at the end of a theory's row has to know.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Message">The sentence that goes with it.</param>
/// <param name="IsStrict">True if a row that cannot be judged is a failure.</param>
public sealed record RowOutcome(Verdict Verdict, string Message, bool IsStrict)
{
    /// <summary>A row that the settings file switches off.</summary>
    public bool IsDisabled { get; init; }
}
