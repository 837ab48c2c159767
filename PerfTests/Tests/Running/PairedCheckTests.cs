using FluentAssertions;
using PerfTests.Running;
using PerfTests.Tests.Verdicts;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the statistics of a pair that results files keep.</summary>
[Category("Running")]
public sealed class PairedCheckTests
{
    private static readonly Tolerance s_tolerance = new(3, 0);

    [Fact]
    public void ResultOf_Pair_KeepsEachStatisticUnderItsName()
    {
        var processes = PairedData.Processes(4, 20, 1, controlMinimaPercent: 2, controlPairsPercent: -1, wallPairsPercent: 25);
        var result = PairedCheck.ResultOf("abc1234", 11.2, processes, s_tolerance, Verdict.Passed);
        (result.Baseline, result.CandidateValue, result.Processes).Should().Be(("abc1234", 11.2, 4));
        double[] statistics =
        [
            result.MinimaPercent, result.PairsPercent, result.WallPairsPercent!.Value, result.MinimaNanoseconds,
            result.ControlMinimaPercent, result.ControlPairsPercent,
        ];

        // The candidate is compared with the baseline and with the control, and the mean of both counts.
        double[] expected = [Mean(20, 2), Mean(1, -1), Mean(25, -1), (20 + 18) / 2.0, 2, -1];
        statistics.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        (result.WaitsLonger, result.ControlWallPairsPercent).Should().Be((null, null));
    }

    [Theory]
    [InlineData(0, Verdict.Regressed, true)]
    [InlineData(20, Verdict.Regressed, null)]
    [InlineData(0, Verdict.Inconclusive, null)]
    public void ResultOf_Regression_SaysWhetherOnlyTheWallClockShowsIt(double pairsPercent, Verdict verdict, bool? waitsLonger) =>
        PairedCheck.ResultOf("a", 1, PairedData.Processes(4, 20, pairsPercent, wallPairsPercent: 20), s_tolerance, verdict)
            .WaitsLonger.Should().Be(waitsLonger);

    [Fact]
    public void ResultOf_ControlFailedByTheWallClock_KeepsItsStatistic()
    {
        var processes = PairedData.Processes(4, 20, 0, wallPairsPercent: 20)
            .Select(process => new PairedProcess(process.Baseline, process.Control, process.Candidate));
        PairedCheck.ResultOf("a", 1, [.. processes], s_tolerance, Verdict.Inconclusive)
            .ControlWallPairsPercent.Should().BeApproximately(20, 1e-9);
    }

    private static double Mean(double toBaseline, double control) =>
        (toBaseline + (100 * (((1 + (toBaseline / 100)) / (1 + (control / 100))) - 1))) / 2;
}
