using FluentAssertions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

[Category("Verdicts")]
public sealed class InstructionRuleTests
{
    [Theory]
    [InlineData(40, 41, Verdict.Regressed)]
    [InlineData(41, 40, Verdict.Improved)]
    [InlineData(14.1, 15.1, Verdict.Regressed)]
    [InlineData(15.1, 14.1, Verdict.Improved)]
    [InlineData(14.1, 15.099, Verdict.Passed)]
    [InlineData(15.099, 14.1, Verdict.Passed)]
    [InlineData(50, 51, Verdict.Passed)]
    [InlineData(49.95, 50.95, Verdict.Regressed)]
    [InlineData(1000, 1020, Verdict.Passed)]
    [InlineData(1000, 1020.001, Verdict.Regressed)]
    [InlineData(1000, 980, Verdict.Passed)]
    [InlineData(1000, 979.999, Verdict.Improved)]
    [InlineData(0, 1, Verdict.Regressed)]
    [InlineData(0, 0, Verdict.Passed)]
    [InlineData(64.25, 64.25, Verdict.Passed)]
    [InlineData(double.NaN, 10, Verdict.Inconclusive)]
    [InlineData(10, double.NaN, Verdict.Inconclusive)]
    [InlineData(10, -1, Verdict.Inconclusive)]
    [InlineData(10, double.PositiveInfinity, Verdict.Inconclusive)]
    public void Compare_TwoCounts_RegressesBeyondTwoPercentAndOneInstruction(double baseline, double candidate, Verdict verdict) =>
        InstructionRule.Compare(candidate, baseline).Should().Be(verdict);
}
