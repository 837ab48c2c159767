using System.Text.Json;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests what a measurement attachment tells the performance overview beside the figures of its row.</summary>
public sealed class OverviewDataTests
{
    [Fact]
    public void Attachment_RowIsPartOfOperation_TellsThePartAndItsTime()
    {
        var row = Catalogue.Row("transfer_1mb_bandwidth", Allocators.Arena);
        var part = Attachment(SampleResults.Row(Verdict.Passed, 20_000, 20_000, row)).GetProperty("partOf")[0];
        part.GetProperty("operation").GetString().Should().Contain("arena");
        part.GetProperty("part").GetString().Should().StartWith("copy");
        part.GetProperty("nanoseconds").GetDouble().Should().BeApproximately(20_000, 0.1);
    }

    [Fact]
    public void Attachment_RowIsNoPart_TellsNone()
    {
        var row = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 1);
        Attachment(SampleResults.Row(Verdict.Passed, 2, 2, row)).TryGetProperty("partOf", out _).Should().BeFalse();
    }

    [Fact]
    public void PartsOf_ThroughputOfArena_IsTheTimeOfOneCycle()
    {
        var row = Catalogue.Row("allocation_throughput", Allocators.Arena);
        OperationParts.Of(SampleResults.Row(Verdict.Passed, 8, 8, row))!.Single().Nanoseconds.Should().BeApproximately(8, 1e-6);
    }

    [Fact]
    public void PartsOf_EveryPart_IsARowOfTheCatalogue()
    {
        var measured = Catalogue.Rows.Where(row => OperationParts.Of(SampleResults.Row(Verdict.Passed, 10, 10, row)) is not null);
        measured.Select(row => row.Key).Should().HaveCount(9);
    }

    [Fact]
    public void SpeedUps_WithHeadline_AreTheFiveCards()
    {
        SpeedUps.All.Where(speedUp => speedUp.Headline is not null).Select(speedUp => speedUp.Name).Should().Equal(
            "allocation", "allocation_pair", "lookup_1000_segments", "transfer_1mb", "kv_trace_replay");
    }

    private static JsonElement Attachment(MetricResult row)
    {
        var text = new AllureRow(row).Attachments.Single(attachment => attachment.Name == "Measurement").Text;
        return JsonDocument.Parse(text).RootElement;
    }
}
