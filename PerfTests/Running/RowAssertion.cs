using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Turns an outcome into what a test runner shows.</summary>
internal static class RowAssertion
{
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
