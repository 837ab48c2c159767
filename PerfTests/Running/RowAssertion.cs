using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Makes the test of a row pass, fail or be skipped according to the outcome of the row.</summary>
internal static class RowAssertion
{
    /// <summary>
    /// Does nothing if the row passed or improved, or if its regression is accepted. Otherwise throws the exception with which xUnit
    /// fails or skips the test.
    /// </summary>
    public static void Assert(RowOutcome outcome)
    {
        if (outcome.IsDisabled)
        {
            Xunit.Assert.Skip(outcome.Message);
        }

        switch (outcome.Verdict)
        {
            case Verdict.Regressed when !outcome.IsAccepted:
                Xunit.Assert.Fail(outcome.Message);
                break;
            case Verdict.NotComparable or Verdict.Inconclusive when outcome.IsStrict:
                Xunit.Assert.Fail(outcome.Message);
                break;
            case Verdict.NotComparable or Verdict.Inconclusive:
                Xunit.Assert.Skip(outcome.Message);
                break;
            default:
                break;
        }
    }
}
