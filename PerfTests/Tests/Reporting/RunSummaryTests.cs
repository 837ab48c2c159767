using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Reporting")]
public sealed class RunSummaryTests
{
    private const string Report = "TestResults/perf/report.md";
    private static readonly MetricRow s_lookup = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 100);
    private static readonly NotMeasured s_lack = new("transfer(shm)", NotMeasuredOutcome.Lacking, "needs 65 MiB of /dev/shm, 64 MiB free");

    [Fact]
    public void LastLine_RegressedRow_NamesRowCommandAndReport() =>
        RunSummary.LastLine(
            SampleResults.Of(SampleResults.Row(Verdict.Regressed, 12, row: s_lookup), SampleResults.Row(Verdict.Passed, 10)), Report)
            .Should().Be("REGRESSED 1 of 2: lookup_arithmetic_time(arena, segments=100) 10.0 ns -> 12.0 ns (+20.0 %); "
                + "run again: dotnet test --filter "
                + @"""DisplayName=lookup_arithmetic_time\(allocator: arena, segments: 100\)""; report: TestResults/perf/report.md");

    [Fact]
    public void LastLine_ManyRegressedRows_NamesAllAndFiltersByMetric()
    {
        var results = SampleResults.Of([.. Catalogue.SegmentCounts.Select(count =>
            SampleResults.Row(Verdict.Regressed, 12, row: Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, count)))]);
        RunSummary.LastLine(results, Report).Should().StartWith("REGRESSED 5 of 5: ")
            .And.ContainAll(Catalogue.SegmentCounts.Select(count => FormattableString.Invariant($"segments={count}) 10.0 ns -> 12.0 ns")))
            .And.Contain("; run again: dotnet test --filter \"Category=Perf&(Metric=lookup_arithmetic_time)\"");
    }

    [Fact]
    public void LastLine_AllRowsPassed_GivesTheirNumber() =>
        RunSummary.LastLine(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)), Report)
            .Should().Be($"PASSED 1 of 1; report: {Report}");

    [Theory]
    [InlineData(Verdict.NotComparable)]
    [InlineData(Verdict.Inconclusive)]
    public void LastLine_RowNotJudged_DoesNotSayPassed(Verdict verdict) =>
        RunSummary.LastLine(SampleResults.Of(SampleResults.Row(verdict, 10), SampleResults.Row(Verdict.Passed, 10, row: s_lookup)), Report)
            .Should().StartWith("1 of 2 rows NOT JUDGED");

    [Fact]
    public void LastLine_FailedRow_NamesRowAndCommandToRunAgain()
    {
        var failed = new Dictionary<string, NotMeasured> { [s_lookup.Key] = new(s_lookup.Label, NotMeasuredOutcome.Failed, "it threw") };
        RunSummary.LastLine(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)) with { NotMeasured = failed }, Report)
            .Should().StartWith("FAILED 1 of 2: lookup_arithmetic_time(arena, segments=100) failed; run again: dotnet test --filter ");
    }

    [Fact]
    public void LastLine_ManyFailedRows_RegressionsStandFirstAndFailedRowsAreCounted()
    {
        var failed = Enumerable.Range(1, 7).ToDictionary(
            number => FormattableString.Invariant($"k{number}"),
            number => new NotMeasured(FormattableString.Invariant($"row{number}"), NotMeasuredOutcome.Failed, "it threw"));
        RunSummary.LastLine(SampleResults.Of(SampleResults.Row(Verdict.Regressed, 12)) with { NotMeasured = failed }, Report)
            .Should().StartWith("REGRESSED 1 of 8, FAILED 7 of 8: allocation_total_time(arena) 10.0 ns -> 12.0 ns (+20.0 %), row1 failed, ")
            .And.Contain("row4 failed, 3 more failed; ");
    }

    [Fact]
    public void LastLine_RowNotMeasurableHere_CountsTheRow() =>
        RunSummary.LastLine(
            SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)) with
            {
                NotMeasured = new Dictionary<string, NotMeasured> { ["transfer"] = s_lack },
            },
            Report)
            .Should().Be($"PASSED 1 of 2, 1 NOT MEASURED; report: {Report}");

    [Fact]
    public void Markdown_FailedOrInterruptedRun_HasNoGreenSign()
    {
        var passed = SampleResults.Of(SampleResults.Row(Verdict.Passed, 10));
        MarkdownReporter.Render(passed).Should().Contain("**✅ PASSED");
        MarkdownReporter.Render(passed with { Metadata = passed.Metadata with { RowsAskedFor = 2, RowsEnded = 1 } })
            .Should().Contain("**⚠️ INTERRUPTED");
        var failed = new Dictionary<string, NotMeasured> { ["k"] = s_lack with { Outcome = NotMeasuredOutcome.Failed } };
        MarkdownReporter.Render(passed with { NotMeasured = failed }).Should().Contain("**❌ FAILED 1 of 2");
    }

    [Fact]
    public void LastLine_InterruptedRun_BeginsWithInterrupted()
    {
        var results = SampleResults.Of(SampleResults.Row(Verdict.Regressed, 12));
        var interrupted = results with { Metadata = results.Metadata with { RowsAskedFor = 72, RowsEnded = 1 } };
        RunSummary.LastLine(interrupted, Report).Should()
            .StartWith("INTERRUPTED: 1 of 72 rows; REGRESSED 1 of 72: allocation_total_time(arena) ");
        Headline.WithCounts(interrupted).Should().Be("INTERRUPTED: 1 of 72 rows; REGRESSED 1 of 72 (1 regressed)");
        MarkdownReporter.Render(interrupted).Should().Contain("INTERRUPTED: 1 of 72 rows");
    }

    [Fact]
    public void LastLine_NoRowEndedYet_SaysThatNothingWasMeasured()
    {
        var results = SampleResults.Of();
        RunSummary.LastLine(results with { Metadata = results.Metadata with { RowsAskedFor = 72, RowsEnded = 0 } }, Report)
            .Should().StartWith("INTERRUPTED: 0 of 72 rows; NOTHING MEASURED");
    }

    [Fact]
    public void Reasons_RowsWithTheSameReason_ShareOneLine()
    {
        MetricResult Lacking(MetricRow row) => SampleResults.Row(Verdict.NotComparable, 10, row: row) is var result
            ? result with { Judgement = result.Judgement! with { Reason = "there is no baseline" } }
            : result;
        var results = SampleResults.Of(
            [.. Catalogue.SegmentCounts.Select(count => Lacking(Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, count)))]);
        RunSummary.Reasons(results with { NotMeasured = new Dictionary<string, NotMeasured> { ["transfer"] = s_lack } })
            .Should().Equal(
                "NOT JUDGED: 5 rows: there is no baseline",
                "cannot be measured here: transfer(shm): needs 65 MiB of /dev/shm, 64 MiB free");
    }
}
