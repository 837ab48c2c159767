using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests the reason beside a row that passed although its change exceeds the limit in percent.</summary>
[Category("Reporting")]
public sealed class VerdictTextTests
{
    [Theory]
    [InlineData(-20, -20, -20, "Passed (within 0.02 ns)")]
    [InlineData(-20, -1, -10.5, "Passed (one statistic only)")]
    [InlineData(20, -10, 5, "Passed (one statistic only)")]
    [InlineData(-45, -2.8, -23.9, "Passed (statistics contradict each other)")]
    [InlineData(-2.8, -45, -23.9, "Passed (statistics contradict each other)")]
    [InlineData(2, 2, 2, "Passed")]
    public void Of_PassedPair_NamesTheReasonIfTheChangeExceedsTheLimit(
        double minimaPercent, double pairsPercent, double changePercent, string text) =>
        TextOf(
            new RowFigures(10, 8, changePercent, 3, 0.02, "nanoseconds", FigureSource.Pair, FigureDecider.Pair),
            minimaPercent,
            pairsPercent)
            .Should().Be(text);

    [Theory]
    [InlineData(2.5, "Passed (within the spread of its samples)")]
    [InlineData(2.4, "Passed (within 0.02 ns)")]
    [InlineData(null, "Passed (within 0.02 ns)")]
    public void Of_ImprovementWithinTheSpread_NamesTheSpread(double? errorPercent, string text) =>
        TextOf(new RowFigures(10, 8, -5, 3, 0.02, "nanoseconds", FigureSource.Pair, FigureDecider.Pair), -5, -5, errorPercent)
            .Should().Be(text);

    [Fact]
    public void Of_SlowerRowWithinTheAmount_NamesTheAmountAndNotTheSpread() =>
        TextOf(new RowFigures(0.2, 0.21, 5, 3, 0.02, "nanoseconds", FigureSource.Pair, FigureDecider.Pair), 5, 5, 2.6)
            .Should().Be("Passed (within 0.02 ns)");

    [Fact]
    public void Of_SystemCallWithinTheAbsoluteTolerance_NamesTheToleranceAndNoContradiction() =>
        TextOf(new RowFigures(250, 270, 19, 6, 60, "nanoseconds", FigureSource.Pair, FigureDecider.Pair), 8, 30)
            .Should().Be("Passed (within 60 ns)");

    [Fact]
    public void Of_PassedRate_ComparesPercentagesOfTimeWithALimitOfTime()
    {
        // A rate that falls by 20 % is a time that rises by 25 %, so 11 % is less than half of the limit.
        var unit = Catalogue.Row("allocation_throughput", Allocators.Arena).Metric.Unit.Name;
        TextOf(new RowFigures(10, 7, -26, 20, 0, unit, FigureSource.Pair, FigureDecider.Pair), minimaPercent: 60, pairsPercent: 11)
            .Should().Be("Passed (one statistic only)");
    }

    private static string TextOf(RowFigures figures, double minimaPercent, double pairsPercent, double? errorPercent = null) =>
        VerdictText.Of(
            Verdict.Passed,
            figures,
            new PairedResult
            {
                Baseline = "abc1234",
                Processes = 12,
                MinimaPercent = minimaPercent,
                PairsPercent = pairsPercent,
                PairsErrorPercent = errorPercent,
                ControlMinimaPercent = 0,
                ControlPairsPercent = 0,
                MinimaNanoseconds = 1,
            });
}
