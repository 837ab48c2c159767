using CsCheck;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Results;

[Category("Formats")]
public sealed class RowFiguresTests
{
    private static readonly MetricRow s_time = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_rate = Catalogue.Row("allocation_throughput", Allocators.Arena);

    [Fact]
    public void Of_SlowerMachine_ShowsTheAdjustedBaseline() =>
        RowFigures.Of(Row(s_time, 6_260, Judgement(-7.3, 4_060, limit: 10)))
            .Should().Match<RowFigures>(figures => Math.Round(figures.Base!.Value) == 6_753 && figures.Candidate == 6_260
                && figures.ChangePercent == -7.3 && figures.LimitPercent == 10
                && figures.Source == FigureSource.AdjustedBaseline && figures.Decider == FigureDecider.StoredBaseline);

    [Fact]
    public void Of_SameMachineSpeed_ShowsTheStoredBaseline() =>
        RowFigures.Of(Row(s_time, 11, Judgement(10, 10)))
            .Should().Match<RowFigures>(figures => figures.Base == 10 && figures.Source == FigureSource.Baseline);

    [Fact]
    public void Of_PairConfirmsASuspicion_ShowsThePairAndItsLimit() =>
        RowFigures.Of(Row(s_time, 13.5, Judgement(12, 9, limit: 7) with { Paired = Pair(11.2) }))
            .Should().Be(new RowFigures(11.2 / 1.12, 11.2, 12, 7, null, "nanoseconds", FigureSource.Pair, FigureDecider.Pair));

    [Fact]
    public void Of_LowerRate_ChangeIsNegative() =>
        RowFigures.Of(Row(s_rate, 80, Judgement(20, 100))).Should()
            .Match<RowFigures>(figures => figures.ChangePercent == -20 && figures.Base == 100);

    [Fact]
    public void Of_RowWithBound_ShowsTheBoundAsLimitAndNoBase() =>
        RowFigures.Of(Row(s_time, 150, Judgement(0, 200) with { WorsePercent = null }) with { Unit = "x" })
            .Should().Be(new RowFigures(null, 150, null, null, 200, "x", FigureSource.None, FigureDecider.Bound));

    [Theory]
    [InlineData(Verdict.NotComparable)]
    [InlineData(null)]
    public void Of_RowNotCompared_ShowsOnlyTheValue(Verdict? verdict) =>
        RowFigures.Of(Row(s_time, 10, verdict is { } one ? Judgement(10, 9) with { Verdict = one } : null))
            .Should().Be(new RowFigures(null, 10, null, null, null, "nanoseconds", FigureSource.None, FigureDecider.None));

    [Theory]
    [InlineData("b.json", 7)]
    [InlineData(null, 10)]
    public void Of_FileOfEarlierVersion_DerivesTheLimitFromTheTolerance(string? file, double limit) =>
        RowFigures.Of(Row(s_time, 11, Judgement(10, 10, file)) with { TolerancePercent = 10 })
            .LimitPercent.Should().Be(limit);

    [Fact]
    public void Of_AnyComparison_ChangeLeadsFromBaseToCandidate() =>
        Gen.Select(Gen.Double[0.1, 1e6], Gen.Double[0.1, 1e6], Gen.Double[0.5, 2], Gen.Bool).Sample(
            (now, then, machine, isRate) =>
            {
                var row = isRate ? s_rate : s_time;
                var unit = row.Metric.Unit;
                var comparison = StoredBaselineRule.Compare(
                    unit.Better, [new(now, machine)], [new(then, 1)], new Tolerance(10, 0.05));
                var figures = RowFigures.Of(unit, row.ValueOf(now), row.ValueOf(then), comparison);
                figures.Base.Should().BeApproximately(row.ValueOf(then * machine), row.ValueOf(then * machine) * 1e-3);
                figures.Candidate.Should().BeApproximately(
                    figures.Base!.Value * (1 + (figures.ChangePercent!.Value / 100)), figures.Candidate * 1e-3);
            },
            iter: 300,
            threads: 1);

    private static MetricResult Row(MetricRow row, double value, JudgementResult? judgement) =>
        new() { Name = row.Key, Value = value, Unit = row.Metric.Unit.Name, Judgement = judgement };

    private static JudgementResult Judgement(double worse, double baseline, string? file = "b.json", double? limit = null) => new()
    {
        Verdict = Verdict.Passed,
        Message = string.Empty,
        WorsePercent = worse,
        BaselineValue = baseline,
        BaselineFile = file,
        LimitPercent = limit,
    };

    private static PairedResult Pair(double candidate) => new()
    {
        Baseline = "abc1234",
        Processes = 4,
        CandidateValue = candidate,
        MinimaPercent = 11,
        PairsPercent = 13,
        ControlMinimaPercent = 0,
        ControlPairsPercent = 0,
        MinimaNanoseconds = 1,
    };
}
