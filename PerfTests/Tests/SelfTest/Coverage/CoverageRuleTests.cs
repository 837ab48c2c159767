using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;
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
        CoverageRule.FindFault(result).Should().StartWith($"These rows regressed in no trial: {s_other.Label}.");
        CoverageRule.FindFault(result with { TriedEachRow = false }).Should().BeNull();
    }

    [Fact]
    public void FindFault_NoRowMeasured_GivesTheReasonOfTheFirstRow()
    {
        var unmeasured = new Dictionary<MetricRow, UnmeasuredRow> { [s_row] = new("needs 64 MiB of /dev/shm", HasFailed: false) };
        CoverageRule.FindFault(ResultOf() with { Measured = [], Unmeasured = unmeasured })
            .Should().Contain("No row was measured.").And.Contain($"{s_row.Label}: not measured here: needs 64 MiB");
    }

    [Fact]
    public void Render_UnseenSlowdown_IsMarked()
    {
        var text = CoverageReport.Render(ResultOf(Coverage("A", isFifthSeen: false)), "class", DateTimeOffset.UnixEpoch);
        text.Should().Contain("0 of 1 operation: a row saw 20 %").And.Contain("1 of 1 operation: a row saw the smallest");
        text.Should().Contain($"**not seen** by {s_row.Label} (expected +20.0 %, measured +1.0 %. Inconclusive because the samples");
    }

    [Fact]
    public void Render_SlowdownSeenInTheSecondPair_IsNotCountedForTheFirst()
    {
        var second = Coverage("A") with
        {
            Slowdowns = [new(SlowdownSize.FifthOfOperation, 2, [Trials.Of(s_row, 20, Verdict.Regressed) with { Attempts = 2 }])],
        };
        var text = CoverageReport.Render(ResultOf(second, Coverage("B")), "class", DateTimeOffset.UnixEpoch);
        text.Should().Contain("2 of 2 operations: a row saw 20 % of the operation's time; 1 of them in the first pair");
        text.Should().Contain("(expected +20.0 %, measured +20.0 %, in pair 2)");
    }

    [Fact]
    public void Render_RowTrials_ListsThemAndCountsSlowerBenchmarks()
    {
        RowTrial[] trials =
        [
            new("`A`", Trials.Of(s_row, 23, Verdict.Passed, 1)), new(RowTrial.Benchmark, Trials.Of(s_other, 23, Verdict.Regressed)),
        ];
        var result = ResultOf() with { RowTrials = trials, Measured = [s_row, s_other] };
        var text = CoverageReport.Render(result, "class", DateTimeOffset.UnixEpoch);
        text.Should().Contain("- 1 of 2 rows regressed in a trial, 1 of them with a slower benchmark\n");
        text.Should().Contain($"| `A` | **not seen** by {s_row.Label} (expected +23.0 %, measured +1.0 %. Passed: 2 paired");
        text.Should().NotContain("## Operations");
    }

    private static CoverageResult ResultOf(params OperationCoverage[] operations) =>
        new(operations, [], [s_row], new Dictionary<MetricRow, UnmeasuredRow>(), TriedEachRow: true);

    private static OperationCoverage Coverage(string name, bool isFifthSeen = true, bool isPromisedSeen = true) => new(
        new Operation("a.dll", name, 1, name),
        10,
        [
            new(SlowdownSize.FifthOfOperation, 2, [Trial(20, isFifthSeen)]),
            new(SlowdownSize.SmallestPromised, 1, [Trial(5, isPromisedSeen)]),
        ]);

    private static CoverageTrial Trial(double percent, bool isSeen) =>
        Trials.Of(s_row, percent, isSeen ? Verdict.Regressed : Verdict.Inconclusive, isSeen ? percent : 1);
}
