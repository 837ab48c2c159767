using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.SelfTest;
using PerfTests.SelfTest.Coverage;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.SelfTest.Coverage;

/// <summary>Tests when the rows cover the operations.</summary>
[Category("SelfTest")]
public sealed class CoverageRuleTests
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_throughput", Allocators.Arena);
    private static readonly MetricRow s_other = Catalogue.Row("allocation_total_time", Allocators.Arena);

    [Fact]
    public void FindFault_EachOperationSeen_IsNull() => CoverageRule.FindFault(ResultOf(Coverage("A"), Coverage("B"))).Should().BeNull();

    [Fact]
    public void FindFault_FifthOfOperationUnseen_NamesTheOperation() =>
        CoverageRule.FindFault(ResultOf(Coverage("A"), Coverage("B", isFifthSeen: false))).Should().Contain("20 % of B.");

    [Fact]
    public void FindFault_NoRowCallsTheOperation_NamesTheOperation()
    {
        var uncalled = new OperationCoverage(new Operation("a.dll", "A", 1, "A"), double.NaN, []);
        CoverageRule.FindFault(ResultOf(uncalled)).Should().Contain(" A.");
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(18, false)]
    public void FindFault_SmallestPromisedUnseen_NeedsNineteenOfTwenty(int seen, bool isCovered)
    {
        var result = ResultOf([.. Enumerable.Range(0, 20).Select(number => Coverage($"Op{number}", isPromisedSeen: number < seen))]);
        (CoverageRule.FindFault(result) is null).Should().Be(isCovered);
    }

    [Fact]
    public void FindFault_RowNeverRegressedThoughTried_NamesTheRow()
    {
        var result = ResultOf(Coverage("A")) with { Measured = [s_row, s_other] };
        CoverageRule.FindFault(result).Should().Be($"In no trial regressed: {s_other.Label}.");
        CoverageRule.FindFault(result with { TriedEachRow = false }).Should().BeNull();
    }

    [Fact]
    public void Render_UnseenSlowdown_IsMarked()
    {
        var text = CoverageReport.Render(ResultOf(Coverage("A", isFifthSeen: false)), "class", DateTimeOffset.UnixEpoch);
        text.Should().Contain("0 of 1 operation: a row saw 20 %").And.Contain("1 of 1 operation: a row saw the smallest");
        text.Should().Contain($"**not seen** by {s_row.Label} (expected +20.0 %, measured +1.0 %; Inconclusive: the samples");
    }

    private static CoverageResult ResultOf(params OperationCoverage[] operations) =>
        new(operations, [s_row], new Dictionary<MetricRow, UnmeasuredRow>(), new HashSet<MetricRow> { s_row }, TriedEachRow: true);

    private static OperationCoverage Coverage(string name, bool isFifthSeen = true, bool isPromisedSeen = true) => new(
        new Operation("a.dll", name, 1, name),
        10,
        [
            new(SlowdownSize.FifthOfOperation, 2, [Trial(20, isFifthSeen)]),
            new(SlowdownSize.SmallestPromised, 1, [Trial(5, isPromisedSeen)]),
        ]);

    private static CoverageTrial Trial(double percent, bool isSeen)
    {
        var measured = isSeen ? percent : 1;
        var result = new PairedResult
        {
            Baseline = "unchanged",
            Processes = 2,
            MinimaPercent = measured,
            PairsPercent = measured,
            MinimaNanoseconds = 1,
            ControlMinimaPercent = 0,
            ControlPairsPercent = 0,
        };
        var outcome = new PairedOutcome(isSeen ? Verdict.Regressed : Verdict.Inconclusive, result, [], [], 1)
        {
            Reason = isSeen ? null : InconclusiveReason.Spread,
        };
        return new CoverageTrial(s_row, percent, outcome);
    }
}
