using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the messages of verdicts. "Plain", "Confirmed" and "Paired" name the way in which the verdict was found.</summary>
[Category("Running")]
public sealed class JudgementTextTests
{
    private static readonly MetricRow s_time = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_rate = Catalogue.Row("allocation_throughput", Allocators.Arena);
    private static readonly StoredComparison s_better = new(-30, 0, 0, IsSuspect: false, IsBetter: true);
    private const string Change =
        "allocation_total_time(arena) 10.0 ns -> 13.5 ns (+35.1 %, tolerance 10 %), baseline some.json of 2026-11-23, commit abc1234";
    private const string PairText = "4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair ratios)";
    private const string ControlText = "A/A control: -6.0 % (ratio of minima), 0.0 % (median of pair ratios)";

    [Fact]
    public void Confirmed_Regression_MessageNamesChangeAndNumberOfProcesses() =>
        Text(s_time).Confirmed(Verdict.Regressed, MetricKind.Computing, 13.5, Comparison(35.1), 3)
            .Should().Be($"Regressed: {Change}; confirmed in 3 fresh processes");

    [Fact]
    public void Confirmed_SlowdownBetweenLimitAndTolerance_MessageNamesTheLimit() =>
        Text(s_time).Confirmed(Verdict.Regressed, MetricKind.Computing, 10.8, Comparison(8), 3)
            .Should().EndWith("confirmed in 3 fresh processes (the limit is 7 %, so that 10 % is always detected)");

    [Fact]
    public void Plain_LowerRate_MessageShowsMinusSign() =>
        Text(s_rate).Plain(Verdict.Passed, s_rate.ValueOf(10.5), Comparison(4.8))
            .Should().StartWith("Passed: allocation_throughput(arena) 100,000,000 alloc/s -> 95,200,000 alloc/s (-4.8 %, tolerance 10 %)");

    [Theory]
    [InlineData(15, "(corrected for the speed of this machine, which is 15.0 % slower than at the baseline)")]
    [InlineData(-15, "(corrected for the speed of this machine, which is 15.0 % faster than at the baseline)")]
    public void Plain_MachineSpeedChanged_MessageNamesTheCorrection(double percent, string text) =>
        Text(s_time).Plain(Verdict.Passed, 10, Comparison(0, machine: percent)).Should().EndWith(text);

    [Fact]
    public void Plain_MachineSpeedUnchanged_MessageNamesNoCorrection() =>
        Text(s_time).Plain(Verdict.Passed, 10, Comparison(0, machine: 1.9)).Should().NotContain("corrected");

    [Fact]
    public void Confirmed_InconclusiveRowOfSystemCalls_MessageNamesPerfBase() =>
        Text(s_time).Confirmed(Verdict.Inconclusive, MetricKind.SystemCall, 13.5, Comparison(35.1), 3)
            .Should().StartWith($"Inconclusive: {Change}. Times of this kind can change several-fold")
            .And.EndWith("side by side: PERF_BASE=REVISION");

    [Fact]
    public void Confirmed_CoreSharedWithOtherProgram_MessageSaysThatCoreIsShared() =>
        Text(s_time).Confirmed(Verdict.Inconclusive, MetricKind.Computing, 13.5, Comparison(35.1) with { CorePressurePercent = 42 }, 3)
            .Should().Contain("calibration loop is 42 % slower than at the baseline: another program shares the core")
            .And.Contain("PERF_BASE=");

    [Fact]
    public void Confirmed_SlowdownGoneInFreshProcesses_MessageSaysNotConfirmed() =>
        Text(s_time).Confirmed(Verdict.Passed, MetricKind.Computing, 10.1, Comparison(1), 2)
            .Should().EndWith("not confirmed in 2 fresh processes");

    [Theory]
    [InlineData(Verdict.Regressed, $"Regressed: {Change}; confirmed by {PairText}")]
    [InlineData(Verdict.Passed, $"Passed: {Change}; not confirmed by {PairText}")]
    [InlineData(Verdict.Inconclusive, $"Inconclusive: {Change}; {PairText}, but {ControlText}")]
    public void Paired_EachVerdict_MessageNamesBothStatistics(Verdict verdict, string text) =>
        Text(s_time).Paired(13.5, Comparison(35.1), Outcome(verdict)).Should().Be(text);

    [Theory]
    [InlineData(Verdict.Improved, "; confirmed by 4 paired processes against abc1234")]
    [InlineData(Verdict.Passed, "; not confirmed by 4 paired processes against abc1234")]
    [InlineData(Verdict.Regressed, "; better than the stored value, but slower than the baseline's commit: 4 paired processes")]
    public void Paired_BetterThanStoredValue_MessageSaysWhetherPairingConfirmsIt(Verdict verdict, string text) =>
        Text(s_time).Paired(7, s_better, Outcome(verdict)).Should().Contain(text).And.StartWith($"{verdict}: ");

    [Fact]
    public void Unconfirmed_NoCommitToPairWith_MessageNamesThatReason() =>
        Text(s_time).Unconfirmed(7, s_better)
            .Should().StartWith("Improved: ").And.EndWith("; not confirmed, because the baseline's commit is not available for pairing");

    [Theory]
    [InlineData(false, "and the clone is shallow")]
    [InlineData(true, "and this run becomes the baseline")]
    public void NotComparable_NoBaseline_MessageNamesValueAndReason(bool isAccepted, string ending) =>
        JudgementText.NotComparable(s_time, 9.7, "there is no baseline", "the clone is shallow. Fetch it", isAccepted)
            .Should().Be($"Not comparable: allocation_total_time(arena) is 9.70 ns; there is no baseline, {ending}");

    [Fact]
    public void CannotConfirm_TooLittleMemory_MessageSaysInconclusiveAndNamesNeededMemory() =>
        Text(s_time).CannotConfirm(13.5, Comparison(35.1), "abc1234", "needs 9 MiB")
            .Should().Be($"Inconclusive: {Change}; it cannot be confirmed here, because pairing with abc1234 needs 9 MiB");

    [Fact]
    public void WorsePercent_TimePlus25OrRateMinus20Percent_Is25()
    {
        var outcome = Outcome(Verdict.Regressed, percent: 25);
        outcome.WorsePercent(MetricUnit.Nanoseconds).Should().Be(25);
        outcome.WorsePercent(MetricUnit.AllocationsPerSecond).Should().BeApproximately(20, 1e-9);
    }

    private static JudgementText Text(MetricRow row) =>
        new(row, new BaselineEntry(ResultsSample.Row(row, 10), "some.json", ResultsSample.Document()), new Tolerance(10, 0.2));

    private static PairedOutcome Outcome(Verdict verdict, double percent = 11.9) => new(
        verdict,
        new PairedResult
        {
            Baseline = "abc1234",
            Processes = 4,
            MinimaPercent = percent,
            PairsPercent = 12.1,
            ControlMinimaPercent = -6,
            ControlPairsPercent = 0,
            MinimaNanoseconds = 1,
        },
        [],
        [],
        0);

    private static StoredComparison Comparison(double worse, double machine = 0) =>
        new(worse, machine, 0, IsSuspect: true, IsBetter: false);
}
