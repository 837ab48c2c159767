using FluentAssertions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>Tests the rule that judges paired processes by the ratio of minima and the medians of pair ratios.</summary>
[Category("Verdict")]
public sealed class PairedRuleTests
{
    /// <summary>
    /// Spread of the candidate's samples at which twice the standard error is 8 % after twelve processes. These processes have 60 pairs of
    /// copies, and the median absolute deviation of each pair is half of the spread.
    /// </summary>
    private const double LargestClearSpread = 0.4568;

    private static readonly Tolerance s_tolerance = new(3, 0);

    [Fact]
    public void Judge_OneProcess_GivesNoVerdictYet() => Judge(PairedData.Processes(1, 0, 0)).Should().BeNull();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.4, 1.4)]
    [InlineData(-1.4, -1.4)]
    public void Judge_EqualVersions_PassesAfterTwoProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal(null, Verdict.Passed);

    [Theory]
    [InlineData(5, 5)]
    [InlineData(4, 30)]
    [InlineData(4, 4)]
    public void Judge_ClearlySlower_RegressesAfterFourProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal(null, null, null, Verdict.Regressed);

    [Theory]
    [InlineData(2.4, 3.8)]
    [InlineData(3.8, 2.4)]
    [InlineData(3.8, 3.8)]
    [InlineData(4.2, 3.1)]
    [InlineData(8.4, 3.4)] // one is less than half of the other
    public void Judge_SlowerButNotClearly_RegressesAfterTwelveProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal([.. Enumerable.Repeat<Verdict?>(null, 11), Verdict.Regressed]);

    [Theory]
    [InlineData(45, 2.8)]
    [InlineData(2.8, 45)]
    [InlineData(30, 3.8)]
    [InlineData(3.8, 30)]
    public void Judge_StatisticsContradictEachOther_IsInconclusiveAfterTwelveProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal([.. Enumerable.Repeat<Verdict?>(null, 11), Verdict.Inconclusive]);

    [Theory]
    [InlineData(-45, -2.8)]
    [InlineData(-2.8, -45)]
    public void Judge_FasterByStatisticsThatContradictEachOther_PassesAfterTwelveProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal([.. Enumerable.Repeat<Verdict?>(null, 11), Verdict.Passed]);

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(40, -5, 20)]
    [InlineData(4.6, -1.2, 4.6)]
    [InlineData(45, 2.8, 25)]
    [InlineData(100, 0, 30)] // 100 ns and 60 ns: the other copies take twice as long
    public void Judge_CandidateWaitsLonger_RegressesAfterTwelveProcesses(
        double minimaPercent, double pairsPercent, double wallPairsPercent) =>
        Verdicts(minimaPercent, pairsPercent, wallPairsPercent)
            .Should().Equal([.. Enumerable.Repeat<Verdict?>(null, 11), Verdict.Regressed]);

    [Theory]
    [InlineData(0, 0, 200)]
    [InlineData(0, 20, 20)]
    [InlineData(1.4, 20, 20)]
    [InlineData(-5, 40, 40)]
    [InlineData(-5, -5, 30)]
    [InlineData(45, 2.8, 10)]
    [InlineData(12, 0, 3.1)]
    [InlineData(300, 0, 5.9)]
    [InlineData(4.4, -1.4, 5.9)]
    [InlineData(3.1, 0, 3.1)]
    public void Judge_OnlySomeStatisticsSlower_IsInconclusiveAfterTwelveProcesses(
        double minimaPercent, double pairsPercent, double wallPairsPercent) =>
        Verdicts(minimaPercent, pairsPercent, wallPairsPercent)
            .Should().Equal([.. Enumerable.Repeat<Verdict?>(null, 11), Verdict.Inconclusive]);

    [Theory]
    [InlineData(200, Verdict.Regressed)]
    [InlineData(20, Verdict.Inconclusive)]
    public void Judge_ControlFailed_LongerWaitCountsOnlyBeyondItsError(double percent, Verdict verdict) =>
        Judge(PairedData.Processes(12, percent, 5, controlMinimaPercent: 13, wallPairsPercent: percent)).Should().Be(verdict);

    [Fact]
    public void Judge_ControlWaitsLonger_IsInconclusive()
    {
        // The control's samples become the candidate's and the reverse, so that only the control differs by the wall clock.
        var processes = PairedData.Processes(6, 5, 0, wallPairsPercent: 5)
            .Select(process => new PairedProcess(process.Baseline, process.Control, process.Candidate));
        Judge([.. processes]).Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void Judge_AnyStatisticRises_NeverPassesARowThatFailedOrWasInconclusive()
    {
        double[] steps = [-5, 0, 1.4, 1.6, 2.9, 3.1, 3.8, 4.4, 4.6, 5.9, 6.1, 8, 9.1, 12, 20, 45, 300];
        Judged(0, 0, 0).Should().Be(Verdict.Passed);
        foreach (var minima in steps)
        {
            foreach (var pairs in steps)
            {
                foreach (var wall in steps)
                {
                    if (Judged(minima, pairs, wall) is Verdict.Regressed or Verdict.Inconclusive)
                    {
                        Judged(minima + 7, pairs, wall).Should().NotBe(Verdict.Passed, $"{minima} became worse beside {pairs} and {wall}");
                        Judged(minima, pairs + 7, wall).Should().NotBe(Verdict.Passed, $"{pairs} became worse beside {minima} and {wall}");
                        Judged(minima, pairs, wall + 7).Should().NotBe(Verdict.Passed, $"{wall} became worse beside {minima} and {pairs}");
                    }
                }
            }
        }

        Verdict? Judged(double minima, double pairs, double wall) => Judge(PairedData.Processes(12, minima, pairs, wallPairsPercent: wall));
    }

    [Theory]
    [InlineData(LargestClearSpread * 0.97, Verdict.Regressed, Verdict.Improved)]
    [InlineData(LargestClearSpread * 1.03, Verdict.Inconclusive, Verdict.Passed)]
    public void Judge_SamplesSpread_AChangeWithinTheSpreadDoesNotCount(double spread, Verdict slower, Verdict faster)
    {
        Judge(PairedData.Spread(12, 8, spread)).Should().Be(slower);
        Judge(PairedData.Spread(12, -8, spread * 108 / 92)).Should().Be(faster);
    }

    [Fact]
    public void Judge_ChangeWithinTheSpread_TakesMoreThanFourProcesses()
    {
        PairedRule.Judge(PairedData.Spread(4, 8, LargestClearSpread * 0.5), s_tolerance).Should().Be(Verdict.Regressed);
        PairedRule.Judge(PairedData.Spread(4, 8, LargestClearSpread * 0.97), s_tolerance).Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public void Judge_LargerSlowdownsOfEqualSpread_NeverPassAfterTheFirstFailure(double spread)
    {
        var verdicts = Enumerable.Range(-5, 60).Select(percent => Judge(PairedData.Spread(12, percent, spread))).ToList();
        verdicts.Should().NotContain(verdict => verdict == null);
        verdicts.SkipWhile(verdict => verdict is Verdict.Improved).TakeWhile(verdict => verdict is Verdict.Passed).Should().NotBeEmpty();
        verdicts.SkipWhile(verdict => verdict is not (Verdict.Regressed or Verdict.Inconclusive))
            .Should().NotBeEmpty().And.NotContain(Verdict.Passed).And.NotContain(Verdict.Improved);
    }

    [Fact]
    public void WhyInconclusive_ChangeWithinTheSpread_IsSpread() =>
        PairedRule.WhyInconclusive(PairedData.Spread(12, 8, 1.1 * LargestClearSpread), s_tolerance).Should().Be(InconclusiveReason.Spread);

    [Theory]
    [InlineData(0, 20, InconclusiveReason.MayWaitLonger)]
    [InlineData(20, 2.8, InconclusiveReason.Contradiction)]
    [InlineData(3.1, 3.1, InconclusiveReason.MayWaitLonger)]
    public void WhyInconclusive_QuietControl_NamesTheStatistics(double minimaPercent, double wallPairsPercent, InconclusiveReason reason) =>
        PairedRule.WhyInconclusive(PairedData.Processes(12, minimaPercent, 2.8, wallPairsPercent: wallPairsPercent), s_tolerance)
            .Should().Be(reason);

    [Theory]
    [InlineData(10, 10, 2.8)]
    [InlineData(0, -2.8, -12)]
    public void WhyInconclusive_ControlChangedByEitherClock_IsControlFailed(double minimaPercent, double cpuPercent, double wallPercent)
    {
        // The control's samples become the candidate's and the reverse, so that only the control differs.
        var processes = PairedData.Processes(12, minimaPercent, cpuPercent, wallPairsPercent: wallPercent)
            .Select(process => new PairedProcess(process.Baseline, process.Control, process.Candidate));
        PairedRule.WhyInconclusive([.. processes], s_tolerance).Should().Be(InconclusiveReason.ControlFailed);
    }

    [Fact]
    public void WhyInconclusive_NegativeDuration_IsImpossibleSample() =>
        PairedRule.WhyInconclusive(PairedData.Processes(12, 0, 0, nanoseconds: -100), s_tolerance)
            .Should().Be(InconclusiveReason.ImpossibleSample);

    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(30, 2.8, true)]
    [InlineData(20, 20, false)]
    public void IsLongerWait_WallClockSlower_IsTrueUnlessCpuClockConfirms(
        double minimaPercent, double pairsPercent, bool isLongerWait) =>
        PairedRule.IsLongerWait(
            PairedRule.Change(PairedData.Processes(2, minimaPercent, pairsPercent, wallPairsPercent: 20)), s_tolerance)
            .Should().Be(isLongerWait);

    [Theory]
    [InlineData(-2.4, -3.8)]
    [InlineData(-3.8, -3.8)]
    public void Judge_FasterButNotClearly_IsImprovedAfterTwelveProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal([.. Enumerable.Repeat<Verdict?>(null, 11), Verdict.Improved]);

    [Theory]
    [InlineData(1, null)]
    [InlineData(5, null)]
    [InlineData(6, Verdict.Passed)]
    public void Judge_DoubtfulInSixProcessesAndThenWithin_PassesAfterTwelve(int further, Verdict? verdict) =>
        Judge([.. PairedData.Processes(6, 3.8, 2.4), .. PairedData.Processes(further, minimaPercent: 1.8, pairsPercent: 1.8)])
            .Should().Be(verdict);

    [Fact]
    public void Judge_DoubtfulInSixProcessesAndClearInSeven_Regresses()
    {
        PairedProcess[] doubtful = [.. PairedData.Processes(3, 4.9, 2.4), .. PairedData.Processes(3, 4.9, 3.2)];
        Judge(doubtful).Should().BeNull();
        Judge([.. doubtful, .. PairedData.Processes(1, 4.9, 3.2)]).Should().Be(Verdict.Regressed);
    }

    [Fact]
    public void Judge_SlowerByBothStatisticsWhileControlIsUneven_RegressesAfterSixProcesses()
    {
        Judge(PairedData.Processes(5, 5, 5, controlMinimaPercent: 2, controlPairsPercent: 2)).Should().BeNull();
        Judge(PairedData.Processes(6, 5, 5, controlMinimaPercent: 2, controlPairsPercent: 2)).Should().Be(Verdict.Regressed);
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(40, -5)]
    [InlineData(20, 1.4)]
    public void Judge_SlowerByMinimaOnly_Passes(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal(null, null, null, null, null, Verdict.Passed);

    [Theory]
    [InlineData(2.9, 2.9)]
    [InlineData(-2.9, -2.9)]
    public void Judge_ChangeJustWithinTolerance_PassesAfterSixProcesses(double minimaPercent, double pairsPercent) =>
        Verdicts(minimaPercent, pairsPercent).Should().Equal(null, null, null, null, null, Verdict.Passed);

    [Fact]
    public void Judge_CandidateFaster_IsImproved() =>
        Verdicts(-10, -10).Should().Equal(null, null, null, null, null, Verdict.Improved);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0, -10)]
    [InlineData(20, 10)]
    public void Judge_ControlDiffersFromBaseline_IsInconclusiveAfterSixProcesses(double candidate, double control)
    {
        Judge(PairedData.Processes(5, candidate, candidate, controlMinimaPercent: control, controlPairsPercent: control)).Should().BeNull();
        Judge(PairedData.Processes(6, candidate, candidate, controlMinimaPercent: control, controlPairsPercent: control))
            .Should().Be(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(100, 20, Verdict.Passed)] // 20 ns, less than half the absolute tolerance
    [InlineData(1_000, 20, Verdict.Regressed)]
    [InlineData(1_000, 5, Verdict.Passed)] // 50 ns and 5 %, within both limits
    [InlineData(10_000, 5, Verdict.Passed)] // 500 ns, but within the percentage limit
    [InlineData(400, 20, Verdict.Regressed)]
    [InlineData(290, 20, Verdict.Passed)] // 58 ns, within the absolute tolerance
    public void Judge_ToleranceInPercentAndNanoseconds_RegressesOnlyBeyondBoth(double nanoseconds, double percent, Verdict verdict) =>
        PairedRule.Judge(PairedData.Processes(PairedRule.MaximumProcesses, percent, percent, nanoseconds), new Tolerance(6, 60))
            .Should().Be(verdict);

    [Fact]
    public void Change_SeveralProcesses_TakesMinimaOverAllAndMedianOfPairRatios()
    {
        PairedProcess[] processes = [.. PairedData.Processes(1, 10, 10, 100), .. PairedData.Processes(1, 30, 30, 200)];
        var change = PairedRule.Change(processes);
        change.MinimaPercent.Should().BeApproximately(10, 1e-9, "110 is the candidate's minimum and 100 the baseline's");
        change.MinimaNanoseconds.Should().BeApproximately(10, 1e-9);
        change.PairsPercent.Should().BeApproximately(20, 1e-9, "the median of 10, 10, 30 and 30 is 20");
        change.PairsNanoseconds.Should().BeApproximately(35, 1e-9);
    }

    [Fact]
    public void Change_WallAndCpuTimes_TakesMinimaOfWallTimesAndPairRatiosOfCpuTimes()
    {
        var change = PairedRule.Change(PairedData.Processes(2, minimaPercent: 7, pairsPercent: -2));
        change.MinimaPercent.Should().BeApproximately(7, 1e-9);
        change.PairsPercent.Should().BeApproximately(-2, 1e-9);
        change.MeanPercent.Should().BeApproximately(2.5, 1e-9);
    }

    /// <summary>Returns the result of the rule after each number of processes, from one up to the number that gives a verdict.</summary>
    private static IEnumerable<Verdict?> Verdicts(double minimaPercent, double pairsPercent, double? wallPairsPercent = null)
    {
        Verdict? verdict = null;
        for (var count = 1; verdict is null && count <= PairedRule.MaximumProcesses; count++)
        {
            verdict = Judge(PairedData.Processes(count, minimaPercent, pairsPercent, wallPairsPercent: wallPairsPercent));
            yield return verdict;
        }
    }

    private static Verdict? Judge(PairedProcess[] processes) => PairedRule.Judge(processes, s_tolerance);
}
