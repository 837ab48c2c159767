using PerfTests.Verdicts;
using Xunit;

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
            case Verdict.NotComparable when outcome.IsStrict:
                Xunit.Assert.Fail(outcome.Message);
                break;
            case Verdict.NotComparable:
                Xunit.Assert.Skip(outcome.Message);
                break;
            case Verdict.Inconclusive:
                TestContext.Current.AddWarning(outcome.Message);
                break;
            default:
                break;
        }
    }
}
