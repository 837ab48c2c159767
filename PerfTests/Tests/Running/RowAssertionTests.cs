using FluentAssertions;
using PerfTests.Running;
using PerfTests.Verdicts;
using Xunit;
using Xunit.Sdk;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class RowAssertionTests
{
    private const string Skipped = "skipped";
    private const string Failed = "failed";
    private const string Passed = "passed";

    [Theory]
    [InlineData(Verdict.Passed, false, Passed)]
    [InlineData(Verdict.Passed, true, Passed)]
    [InlineData(Verdict.Improved, false, Passed)]
    [InlineData(Verdict.Improved, true, Passed)]
    [InlineData(Verdict.Regressed, false, Failed)]
    [InlineData(Verdict.Regressed, true, Failed)]
    [InlineData(Verdict.Inconclusive, false, Skipped)]
    [InlineData(Verdict.Inconclusive, true, Failed)]
    [InlineData(Verdict.NotComparable, false, Skipped)]
    [InlineData(Verdict.NotComparable, true, Failed)]
    public void Assert_EachVerdict_TestPassesFailsOrIsSkipped(Verdict verdict, bool isStrict, string shown) =>
        Show(new RowOutcome(verdict, "the message", isStrict)).Should().Be(shown);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Assert_DisabledRow_TestIsSkippedEvenIfStrict(bool isStrict) =>
        Show(new RowOutcome(Verdict.NotComparable, "the message", isStrict) { IsDisabled = true }).Should().Be(Skipped);

    [Fact]
    public void Assert_AcceptedRegression_TestPasses() =>
        Show(new RowOutcome(Verdict.Regressed, "the message", IsStrict: true) { IsAccepted = true }).Should().Be(Passed);

    [Fact]
    public void Assert_RowThatCouldNotBeJudgedInAnAcceptedRun_TestIsSkipped() =>
        Show(new RowOutcome(Verdict.Inconclusive, "the message", IsStrict: false) { IsAccepted = true }).Should().Be(Skipped);

    /// <summary>Returns the test result of an outcome. This method exists because xUnit's Record.Exception does not catch a skip.</summary>
    private static string Show(RowOutcome outcome)
    {
        try
        {
            RowAssertion.Assert(outcome);
            return Passed;
        }
        catch (SkipException e)
        {
            e.Message.Should().EndWith(outcome.Message);
            return Skipped;
        }
        catch (FailException e)
        {
            e.Message.Should().Be(outcome.Message);
            return Failed;
        }
    }
}
