using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Lets the test of a row pass, fail or be skipped according to its outcome.</summary>
internal static class RowAssertion
{
    /// <summary>Returns if the row passed or improved; otherwise throws xUnit's exception for a failure or a skip.</summary>
    public static void Assert(RowOutcome outcome)
    {
        if (outcome.IsDisabled)
        {
            Xunit.Assert.Skip(outcome.Message);
        }

        switch (outcome.Verdict)
        {
            case Verdict.Regressed:
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
