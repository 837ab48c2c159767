using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class JudgementTextTests
{
    private static readonly MetricRow s_time = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_rate = Catalogue.Row("allocation_throughput", Allocators.Arena);
    private static readonly StoredComparison s_better = new(-30, 0, 0, IsSuspect: false, IsBetter: true);
    private const string Change = "allocation_total_time(arena) 10.0 ns -> 13.5 ns (+35.1 %, tolerance 10 %), baseline some.json of 2026-11-23, commit abc1234";

    [Fact]
    public void ARegressionSaysWhatChangedAndHowItWasConfirmed() =>
        Text(s_time).Confirmed(Verdict.Regressed, MetricKind.Computing, 13.5, Comparison(35.1), 3)
            .Should().Be($"Regressed: {Change}; still there in 3 fresh processes");

    [Fact]
    public void ARegressionBelowTheToleranceSaysWhereTheLimitIs() =>
        Text(s_time).Confirmed(Verdict.Regressed, MetricKind.Computing, 10.8, Comparison(8), 3)
            .Should().EndWith("still there in 3 fresh processes (to be sure to see 10 %, the limit is 7 %)");

    [Fact]
    public void ADropOfARateHasAMinusSign() =>
        Text(s_rate).Plain(Verdict.Passed, s_rate.ValueOf(10.5), Comparison(4.8))
            .Should().StartWith("Passed: allocation_throughput(arena) 100,000,000 alloc/s -> 95,200,000 alloc/s (-4.8 %, tolerance 10 %)");

    [Theory]
    [InlineData(15, "(the machine itself was 15.0 % slower, which is taken out)")]
    [InlineData(-15, "(the machine itself was 15.0 % faster, which is taken out)")]
    public void AMachineOfAnotherSpeedIsMentioned(double percent, string text) =>
        Text(s_time).Plain(Verdict.Passed, 10, Comparison(0, machine: percent)).Should().EndWith(text);

    [Fact]
    public void AMachineOfTheSameSpeedIsNot() =>
        Text(s_time).Plain(Verdict.Passed, 10, Comparison(0, machine: 1.9)).Should().NotContain("machine itself");

    [Fact]
    public void SystemCallsAreInconclusiveWithARemedy() =>
        Text(s_time).Confirmed(Verdict.Inconclusive, MetricKind.SystemCall, 13.5, Comparison(35.1), 3)
            .Should().StartWith($"Inconclusive: {Change}. Such times drift").And.EndWith("PERF_BASE=REVISION compares with a revision side by side");

    [Fact]
    public void ASharedCoreIsNamed() =>
        Text(s_time).Confirmed(Verdict.Inconclusive, MetricKind.Computing, 13.5, Comparison(35.1) with { CorePressurePercent = 42 }, 3)
            .Should().Contain("runs 42 % slower on this machine now").And.Contain("PERF_BASE=");

    [Fact]
    public void ASuspicionThatWasNotConfirmedSaysSo() =>
        Text(s_time).Confirmed(Verdict.Passed, MetricKind.Computing, 10.1, Comparison(1), 2).Should().EndWith("not confirmed by 2 fresh processes");

    [Theory]
    [InlineData(Verdict.Regressed, $"Regressed: {Change}; confirmed by 4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair ratios)")]
    [InlineData(Verdict.Passed, $"Passed: {Change}; not confirmed by 4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair ratios); passed")]
    [InlineData(Verdict.Inconclusive, $"Inconclusive: {Change}; 4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair ratios), but A/A control: -6.0 % (ratio of minima), 0.0 % (median of pair ratios)")]
    public void PairingSaysBothStatistics(Verdict verdict, string text) =>
        Text(s_time).Paired(13.5, Comparison(35.1), Outcome(verdict)).Should().Be(text);

    [Theory]
    [InlineData(Verdict.Improved, "; confirmed by 4 paired processes against abc1234")]
    [InlineData(Verdict.Passed, "; not confirmed by 4 paired processes against abc1234")]
    [InlineData(Verdict.Regressed, "; better than the stored figure, and yet slower than what it was measured with: 4 paired processes")]
    public void WhatIsBetterThanTheStoredFigureIsConfirmedToo(Verdict verdict, string text) =>
        Text(s_time).Paired(7, s_better, Outcome(verdict)).Should().Contain(text).And.StartWith(verdict == Verdict.Regressed ? "Regressed: " : $"{verdict}: ");

    [Fact]
    public void AnImprovementThatCannotBeConfirmedSaysSo() =>
        Text(s_time).Unconfirmed(7, s_better).Should().StartWith("Improved: ").And.EndWith("; not confirmed: there is no commit to pair it with");

    [Theory]
    [InlineData(false, "and the clone is shallow")]
    [InlineData(true, "and this run becomes it")]
    public void NotComparable_NoBaseline_GivesTheValueAndTheReason(bool isAccepted, string ending) =>
        JudgementText.NotComparable(s_time, 9.7, "there is no baseline", "the clone is shallow. Fetch it", isAccepted)
            .Should().Be($"Not comparable: allocation_total_time(arena) is 9.70 ns; there is no baseline, {ending}");

    [Fact]
    public void CannotConfirm_PairingLacksMemory_IsInconclusiveAndSaysWhatIsMissing() =>
        Text(s_time).CannotConfirm(13.5, Comparison(35.1), "abc1234", "needs 9 MiB")
            .Should().Be($"Inconclusive: {Change}; it cannot be confirmed here, as pairing with abc1234 needs 9 MiB");

    [Fact]
    public void ARateFallsByLessThanItsTimeRises()
    {
        var figures = new PairedResult { Baseline = "x", Processes = 4, MinimaPercent = 25, PairsPercent = 25, ControlMinimaPercent = 0, ControlPairsPercent = 0, MinimaNanoseconds = 1 };
        var outcome = new PairedOutcome(Verdict.Regressed, figures, [], [], 0);
        outcome.WorsePercent(MetricUnit.Nanoseconds).Should().Be(25);
        outcome.WorsePercent(MetricUnit.AllocationsPerSecond).Should().BeApproximately(20, 1e-9);
    }

    private static JudgementText Text(MetricRow row) =>
        new(row, new BaselineEntry(ResultsSample.Row(row, 10), "some.json", ResultsSample.Document()), new Tolerance(10, 0.2));

    private static PairedOutcome Outcome(Verdict verdict) => new(
        verdict,
        new PairedResult { Baseline = "abc1234", Processes = 4, MinimaPercent = 11.9, PairsPercent = 12.1, ControlMinimaPercent = -6, ControlPairsPercent = 0, MinimaNanoseconds = 1 },
        [],
        [],
        0);

    private static StoredComparison Comparison(double worse, double machine = 0) => new(worse, machine, 0, IsSuspect: true, IsBetter: false);
}
