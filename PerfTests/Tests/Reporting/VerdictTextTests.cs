using FluentAssertions;
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
        VerdictText.Of(
            Verdict.Passed,
            new RowFigures(10, 8, changePercent, 3, 0.02, "nanoseconds", FigureSource.Pair, FigureDecider.Pair),
            new PairedResult
            {
                Baseline = "abc1234",
                Processes = 12,
                MinimaPercent = minimaPercent,
                PairsPercent = pairsPercent,
                ControlMinimaPercent = 0,
                ControlPairsPercent = 0,
                MinimaNanoseconds = 1,
            }).Should().Be(text);
}
