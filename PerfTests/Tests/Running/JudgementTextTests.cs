using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Measurement;
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
    private static readonly StoredComparison s_better =
        new(-30, 0, 0, IsSuspect: false, IsBetter: true) { LimitPercent = 7, LimitNanoseconds = 0.2 };
    private const string Change =
        "allocation_total_time(arena) 10.0 ns -> 13.5 ns (+35.0 %, limit 7 % and 0.2 ns), baseline some.json of 2026-11-23, commit abc1234";
    private const string Origin = "some.json of 2026-11-23, commit abc1234";
    private const string FirstLaunch = $"the first launch gave +35.0 % against baseline {Origin}";
    private const string PairText = "4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair ratios)";
    private const string ControlText = "A/A control: -6.0 % (ratio of minima), 0.0 % (median of pair ratios)";

    [Fact]
    public void Confirmed_Regression_MessageNamesChangeAndNumberOfProcesses() =>
        Text(s_time).Confirmed(Verdict.Regressed, MetricKind.Computing, 13.5, Comparison(35), 3, "commit abc1234 is missing")
            .Should().Be($"Regressed: {Change}; confirmed in 3 fresh processes, and not paired: commit abc1234 is missing");

    [Fact]
    public void Confirmed_SlowdownBetweenLimitAndTolerance_MessageNamesTheLimit() =>
        Text(s_time).Confirmed(Verdict.Regressed, MetricKind.Computing, 10.8, Comparison(8), 3, "why")
            .Should().Contain("10.0 ns -> 10.8 ns (+8.0 %, limit 7 % and 0.2 ns)")
            .And.EndWith("confirmed in 3 fresh processes, and not paired: why");

    [Fact]
    public void Plain_LowerRate_MessageShowsMinusSign() =>
        Text(s_rate).Plain(Verdict.Passed, s_rate.ValueOf(10.5), Comparison(4.8))
            .Should().StartWith("Passed: allocation_throughput(arena) 100 million alloc/s "
                + "-> 95.2 million alloc/s (-4.8 %, limit 7 % and 0.2 ns)");

    [Theory]
    [InlineData(11.5, 15, "11.5 ns -> 11.5 ns", "which is 15.0 % slower than at the baseline)")]
    [InlineData(8.5, -15, "8.50 ns -> 8.50 ns", "which is 15.0 % faster than at the baseline)")]
    public void Plain_MachineSpeedChanged_MessageNamesAdjustedAndStoredBaseline(double value, double percent, string step, string end) =>
        Text(s_time).Plain(Verdict.Passed, value, Comparison(0, machine: percent))
            .Should().Contain(step).And.EndWith($" (stored 10.0 ns, adjusted to this machine's speed, {end}");

    [Fact]
    public void Plain_MachineSpeedUnchanged_MessageNamesNoAdjustment() =>
        Text(s_time).Plain(Verdict.Passed, 10, Comparison(0)).Should().NotContain("adjusted");

    [Fact]
    public void Confirmed_InconclusiveRowOfSystemCalls_MessageNamesPerfBase() =>
        Text(s_time).Confirmed(Verdict.Inconclusive, MetricKind.SystemCall, 13.5, Comparison(35), 3, "why")
            .Should().StartWith($"Inconclusive: {Change}. Times of this kind can change several-fold")
            .And.EndWith("side by side: PERF_BASE=REVISION");

    [Fact]
    public void Confirmed_CoreSharedWithOtherProgram_MessageSaysThatCoreIsShared() =>
        Text(s_time).Confirmed(Verdict.Inconclusive, MetricKind.Computing, 13.5, Comparison(35) with { CorePressurePercent = 42 }, 3, "why")
            .Should().Contain("second calibration loop has slowed down by 42 % more than the first: another program")
            .And.Contain("Not paired: why. ").And.Contain("PERF_BASE=");

    [Fact]
    public void Confirmed_SlowdownGoneInFreshProcesses_MessageSaysNotConfirmed() =>
        Text(s_time).Confirmed(Verdict.Passed, MetricKind.Computing, 10.1, Comparison(1), 2, "why")
            .Should().EndWith("not confirmed in 2 fresh processes; not paired: why");

    [Theory]
    [InlineData(Verdict.Regressed, $"{PairText}; {FirstLaunch}; pairing confirmed this change")]
    [InlineData(Verdict.Passed, $"{PairText}; {FirstLaunch}; pairing did not confirm this change")]
    [InlineData(Verdict.Inconclusive, $"{PairText}, but {ControlText}; {FirstLaunch}")]
    public void Paired_EachVerdict_MessageBeginsWithThePairAndNamesBothStatistics(Verdict verdict, string text) =>
        Text(s_time).Paired(Figures(Outcome(verdict)), Comparison(35), Outcome(verdict))
            .Should().Be($"{verdict}: allocation_total_time(arena) 10.0 ns -> 11.2 ns (+12.0 %, limit 7 % and 0.2 ns), {text}");

    [Fact]
    public void Paired_ContradictionOrSpread_MessageNamesTheReasonAndNotTheControl()
    {
        var outcome = Outcome(Verdict.Inconclusive) with { Reason = InconclusiveReason.Contradiction };
        outcome = outcome with { Result = outcome.Result with { WallPairsPercent = 0.5 } };
        Text(s_time).Paired(Figures(outcome), Comparison(35), outcome)
            .Should().EndWith($"{PairText}, +0.5 % (the same by the wall clock), which contradict each other; {FirstLaunch}");
        outcome.WhyInconclusive.Should().Be("the statistics of this row contradict each other");
        outcome = Outcome(Verdict.Inconclusive) with { Reason = InconclusiveReason.Spread };
        outcome = outcome with { Result = outcome.Result with { PairsErrorPercent = 7.06 } };
        Text(s_time).Paired(Figures(outcome), Comparison(35), outcome)
            .Should().EndWith($"{PairText}, within twice its standard error of 7.1 %; {FirstLaunch}");
        outcome.WhyInconclusive.Should().Be("the samples of this row spread too much now");
        Outcome(Verdict.Inconclusive).WhyInconclusive.Should().Be($"this machine is too noisy now ({ControlText})");
    }

    [Theory]
    [InlineData(
        InconclusiveReason.MayWaitLonger,
        ": the code may wait longer",
        "only some statistics show a slowdown; the code may wait longer")]
    [InlineData(
        InconclusiveReason.ImpossibleSample,
        ", but a sample has a value that no measurement can have",
        "a sample has a value that no measurement can have")]
    public void Paired_OtherReason_MessageNamesIt(InconclusiveReason reason, string objection, string why)
    {
        var outcome = Outcome(Verdict.Inconclusive) with { Reason = reason };
        outcome = outcome with { Result = outcome.Result with { WallPairsPercent = 9 } };
        Text(s_time).Paired(Figures(outcome), Comparison(35), outcome)
            .Should().EndWith($"{PairText}, +9.0 % (the same by the wall clock){objection}; {FirstLaunch}");
        outcome.WhyInconclusive.Should().Be(why);
    }

    [Fact]
    public void OfEqualVersions_WallClockShowsLongerWait_MessageShowsItsMedian()
    {
        var outcome = Outcome(Verdict.Regressed, percent: 4.6, pairs: -1.2);
        outcome = outcome with { Result = outcome.Result with { WallPairsPercent = 4.6, WaitsLonger = true } };
        PairedJudgement.OfEqualVersions(s_time, outcome, new Tolerance(3, 0.02), "why").Message
            .Should().StartWith("Inconclusive: ").And.Contain("+4.6 % (the same by the wall clock), A/A control").And.NotContain("waits");
    }

    [Fact]
    public void Paired_CodeWaitsLonger_MessageAndChangeUseTheWallClock()
    {
        var outcome = Outcome(Verdict.Regressed, percent: 24, pairs: 0);
        outcome = outcome with { Result = outcome.Result with { WallPairsPercent = 26, WaitsLonger = true } };
        outcome.WorsePercent(MetricUnit.Nanoseconds).Should().Be(25);
        outcome.Text.Should().EndWith(
            ": +24.0 % (ratio of minima), 0.0 % (median of pair ratios), +26.0 % (the same by the wall clock): the code waits longer");
    }

    [Fact]
    public void WhyInconclusive_ControlFailedByWallClock_ShowsWallClockMedian()
    {
        var outcome = Outcome(Verdict.Inconclusive);
        outcome = outcome with { Result = outcome.Result with { ControlWallPairsPercent = -9 } };
        outcome.WhyInconclusive.Should().Be($"this machine is too noisy now ({ControlText}, -9.0 % (the same by the wall clock))");
    }

    [Theory]
    [InlineData(Verdict.Improved, "; pairing confirmed this change")]
    [InlineData(Verdict.Passed, "; pairing did not confirm this change")]
    [InlineData(Verdict.Regressed, "; pairing did not confirm this change")]
    public void Paired_BetterThanStoredValue_MessageSaysWhetherPairingConfirmsIt(Verdict verdict, string text) =>
        Text(s_time).Paired(Figures(Outcome(verdict)), s_better, Outcome(verdict))
            .Should().StartWith($"{verdict}: ").And.EndWith($"the first launch gave -30.0 % against baseline {Origin}{text}");

    [Fact]
    public void Unconfirmed_BetterSystemCall_MessageSaysThatItIsNoImprovement() =>
        Text(Catalogue.Row("segment_open_time", Allocators.Shm)).Unconfirmed(7, s_better, "pairing was inconclusive")
            .Should().StartWith("Passed: ").And.Contain("; not counted as an improvement, because ")
            .And.EndWith(", and not confirmed by pairing: pairing was inconclusive");

    [Fact]
    public void Unconfirmed_NoCommitToPairWith_MessageNamesThatReason() =>
        Text(s_time).Unconfirmed(7, s_better, "the baseline names no commit")
            .Should().StartWith("Improved: ").And.EndWith("; not confirmed by pairing: the baseline names no commit");

    [Theory]
    [InlineData(false, true, "and the clone is shallow")]
    [InlineData(true, true, "and the clone is shallow; this run becomes the baseline")]
    [InlineData(true, false, "and the clone is shallow; the value is accepted only for a reason (PERF_UPDATE_REASON)")]
    public void NotComparable_NoBaseline_MessageNamesValueAndReason(bool isUpdating, bool isFirst, string ending) =>
        JudgementText.NotComparable(
            Verdict.NotComparable, s_time, 9.7, "there is no baseline", "the clone is shallow. Fetch it",
            JudgementText.EndOfUpdate(isUpdating, isFirst))
            .Should().Be($"Not comparable: allocation_total_time(arena) is 9.70 ns; there is no baseline, {ending}");

    [Fact]
    public void CannotConfirm_TooLittleMemory_MessageSaysInconclusiveAndNamesNeededMemory() =>
        Text(s_time).CannotConfirm(13.5, Comparison(35), "abc1234", "needs 9 MiB")
            .Should().Be($"Inconclusive: {Change}; it cannot be confirmed here, because pairing with abc1234 needs 9 MiB");

    [Fact]
    public void WorsePercent_TimePlus25OrRateMinus20Percent_Is25()
    {
        var outcome = Outcome(Verdict.Regressed, percent: 24, pairs: 26);
        outcome.WorsePercent(MetricUnit.Nanoseconds).Should().Be(25);
        outcome.WorsePercent(MetricUnit.AllocationsPerSecond).Should().BeApproximately(20, 1e-9);
    }

    private static JudgementText Text(MetricRow row) =>
        new(row, new BaselineEntry(ResultsSample.Row(row, 10), "some.json", ResultsSample.Document()));

    private static RowFigures Figures(PairedOutcome outcome) => PairedJudgement.FiguresOf(s_time, new JudgementResult
    {
        Verdict = outcome.Verdict,
        Message = string.Empty,
        WorsePercent = outcome.WorsePercent(s_time.Metric.Unit),
        LimitPercent = 7,
        LimitAmount = 0.2,
        Paired = outcome.Result,
    });

    private static PairedOutcome Outcome(Verdict verdict, double percent = 11.9, double pairs = 12.1) => new(
        verdict,
        new PairedResult
        {
            Baseline = "abc1234",
            Processes = 4,
            MinimaPercent = percent,
            CandidateValue = 11.2,
            PairsPercent = pairs,
            ControlMinimaPercent = -6,
            ControlPairsPercent = 0,
            MinimaNanoseconds = 1,
        },
        [new Launch(new LaunchMinima(10, 1, 1), 10, 0, [[10]])],
        [],
        0)
    {
        Reason = verdict == Verdict.Inconclusive ? InconclusiveReason.ControlFailed : null,
    };

    private static StoredComparison Comparison(double worse, double machine = 0) =>
        new(worse, machine, 0, IsSuspect: true, IsBetter: false) { LimitPercent = 7, LimitNanoseconds = 0.2 };
}
