using FluentAssertions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>
/// Tests the comparison with a stored baseline. A value beyond the limits is suspect, and fresh processes then confirm or
/// refute it.
/// </summary>
[Category("Verdict")]
public sealed class StoredBaselineRuleTests
{
    private static readonly Tolerance s_tolerance = new(10, 0.2);

    [Theory]
    [InlineData(100, 106.9, false)]
    [InlineData(100, 107.1, true)] // the tolerance is 10 %, so the limit is 7 %
    [InlineData(100, 90, false)]
    [InlineData(1, 1.19, false)] // 19 %, but within the absolute tolerance
    [InlineData(1, 1.21, true)]
    public void Compare_AnyTime_IsSuspectOnlyBeyondBothLimits(double baseline, double candidate, bool isSuspect) =>
        Compare(Direction.Lower, [new(candidate, 1)], [new(baseline, 1)]).IsSuspect.Should().Be(isSuspect);

    [Theory]
    [InlineData(107.1, true)]
    [InlineData(106.9, false)]
    [InlineData(93.1, false)]
    [InlineData(65, true)] // as a system call beside an idle core against a value stored beside a busy core
    public void NeedsPair_ChangeBeyondTheLimit_IsTrueInBothDirections(double candidate, bool needsPair) =>
        Compare(Direction.Lower, [new(candidate, 1)], [new(100, 1)]).NeedsPair.Should().Be(needsPair);

    [Theory]
    [InlineData(107.4, false)] // the rate drops by 6.9 %
    [InlineData(107.7, true)] // the rate drops by 7.1 %
    [InlineData(50, false)]
    public void Compare_AnyRate_IsSuspectOnlyIfItDropsBeyondTheLimit(double candidateNanoseconds, bool isSuspect) =>
        Compare(Direction.Higher, [new(candidateNanoseconds, 1)], [new(100, 1)]).IsSuspect.Should().Be(isSuspect);

    [Fact]
    public void ConfirmingTolerance_StoredAndPaired_TakesTheLargerLimits()
    {
        StoredBaselineRule.ConfirmingTolerance(new Tolerance(10, 0.2), new Tolerance(3, 0.02)).Should().Be(new Tolerance(7, 0.2));
        StoredBaselineRule.ConfirmingTolerance(new Tolerance(6, 0), new Tolerance(5, 60)).Should().Be(new Tolerance(5, 60));
    }

    [Fact]
    public void Compare_SeveralLaunches_ComparesTheMinima() =>
        Compare(Direction.Lower, [new(150, 1), new(104, 1), new(130, 1)], [new(120, 1), new(100, 1)]).WorsePercent
            .Should().BeApproximately(4, 1e-9);

    [Fact]
    public void Compare_SlowerMachine_ChangeCancelsOut()
    {
        var comparison = Compare(Direction.Lower, [new(180, 1.8)], [new(100, 1)]);
        comparison.WorsePercent.Should().BeApproximately(0, 1e-9);
        comparison.MachineSlowerPercent.Should().BeApproximately(80, 1e-9);
        comparison.IsSuspect.Should().BeFalse();
    }

    [Theory]
    [InlineData(Direction.Lower, 80, true)]
    [InlineData(Direction.Lower, 95, false)]
    [InlineData(Direction.Higher, 80, true)]
    public void Compare_BetterBeyondTheLimit_IsBetter(Direction direction, double candidate, bool isBetter) =>
        Compare(direction, [new(candidate, 1)], [new(100, 1)]).IsBetter.Should().Be(isBetter);

    [Theory]
    [InlineData(Direction.Lower, 111, true)]
    [InlineData(Direction.Lower, 109, false)]
    [InlineData(Direction.Higher, 89, true)]
    [InlineData(Direction.Higher, 91, false)]
    public void Compare_ValuesWithoutLaunches_UsesTheDirection(Direction direction, double candidate, bool isSuspect) =>
        StoredBaselineRule.Compare(direction, candidate, 100, s_tolerance).IsSuspect.Should().Be(isSuspect);

    private static StoredComparison Compare(Direction direction, LaunchMinima[] candidate, LaunchMinima[] baseline) =>
        StoredBaselineRule.Compare(direction, candidate, baseline, s_tolerance);
}
