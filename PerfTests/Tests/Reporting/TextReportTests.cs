using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class TextReportTests
{
    [Fact]
    public void Render_Markdown_BeginsWithTheVerdict()
    {
        var lines = MarkdownReporter.Render(SampleResults.Of(SampleResults.Row(Verdict.Regressed, 13.1))).Split('\n');
        lines[0].Should().Be("<!-- perf-suite -->");
        lines[1].Should().Be("**❌ REGRESSED 1 of 1**");
        lines.Should().Contain("| `Allocating one block of 1 MiB, arena` | 10.0 ns | 13.1 ns | **+31.0 %** | 7 % |")
            .And.Contain("| `allocation_total_time/arena` | 10.0 ns | 13.1 ns | +31.0 % | 7 % | stored | Regressed |")
            .And.Contain("  - measure again: `dotnet test --filter \"DisplayName=allocation_total_time\\(allocator: arena\\)\"`");
    }

    [Fact]
    public void Render_Text_ListsChangesAndTheCommandToRepeat() =>
        ComparisonTextReporter.Render(SampleResults.Of(SampleResults.Row(Verdict.Regressed, 13.1))).Split('\n').Should().StartWith(
        [
            "REGRESSED 1 of 1 (1 regressed)",
            "  row                          baseline  measured   change  limit  judged by  verdict",
            "  allocation_total_time/arena   10.0 ns   13.1 ns  +31.0 %    7 %  stored     Regressed",
            "Regressed: it became slower",
            "  measure again: dotnet test --filter \"DisplayName=allocation_total_time\\(allocator: arena\\)\"",
        ]);

    [Theory]
    [InlineData(Verdict.Inconclusive, "**⚠️ 1 of 1 row NOT JUDGED**\n\n- *\n- ⚠️ `load of 3`\n\n<details>*")]
    [InlineData(Verdict.Passed, "**✅ PASSED 1 of 1**: nothing beyond noise\n\n\n<details>*</summary>\n\n- ⚠️ `load of 3`\n\n</details>*")]
    public void Render_DisturbedRun_FoldsDisturbancesOnlyIfAllRowsPassed(Verdict verdict, string text)
    {
        var results = SampleResults.Of(SampleResults.Row(verdict, 10));
        MarkdownReporter.Render(results with { Metadata = results.Metadata with { Disturbances = ["load of 3"] } })
            .Should().Match($"<!-- perf-suite -->\n{text}");
    }

    [Fact]
    public void Render_RowsWithinNoise_AreInAFoldedTable()
    {
        var text = MarkdownReporter.Render(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10.1)));
        text.Should().Contain(": nothing beyond noise\n");
        text.IndexOf("| `allocation_total_time/arena`", StringComparison.Ordinal)
            .Should().BeGreaterThan(text.IndexOf("<details>", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_BothAllocators_AreComparedSideBySide()
    {
        var results = SampleResults.Of(
            SampleResults.Row(
                Verdict.Passed,
                10_000,
                10_000,
                Catalogue.Row("allocation_total_time", Allocators.Shm)), SampleResults.Row(Verdict.Passed, 10));
        MarkdownReporter.Render(results).Should()
            .Contain("| `Allocating one block of 1 MiB` | 10.0 µs | 10.0 ns | 1,000 x | separately |");
        ComparisonTextReporter.Render(results)
            .Should().StartWith("PASSED 2 of 2 (2 passed)\n").And.Contain("Improvement: 1,000x faster").And.Contain("BOTTLENECK ANALYSIS");
    }

    [Theory]
    [InlineData(20.4, "Improvement: none: equally fast")]
    [InlineData(16, "Improvement: none: 1.25x slower")]
    [InlineData(30, "Improvement: 1.50x faster")]
    public void Render_SmallDifferenceBetweenAllocators_CountsAsEqual(double arenaGigabytesPerSecond, string text)
    {
        var (original, arena) = (
            Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm), Catalogue.Row("transfer_1mb_bandwidth", Allocators.Arena));
        ComparisonTextReporter.Render(SampleResults.Of(
            SampleResults.Row(Verdict.Passed, original.BytesPerOperation / 20.0, null, original),
            SampleResults.Row(Verdict.Passed, arena.BytesPerOperation / arenaGigabytesPerSecond, null, arena))).Should().Contain(text);
    }

    [Fact]
    public void BottleneckAnalysis_SeveralParts_NamesTheLargestPart()
    {
        var analysis = BottleneckAnalysis.Of(SampleResults.Of(
            Part("segment_open_time", 3_000), Part("segment_truncate_time", 1_000), Part("segment_map_time", 4_000),
            SampleResults.Row(Verdict.Passed, 2_000, 2_000, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm)),
            SampleResults.Row(Verdict.Passed, 1, 1, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Arena))));
        analysis.TotalNanoseconds.Should().BeApproximately(10_000, 1e-6);
        analysis.Largest!.Name.Should().Be("map (mmap)");
        analysis.Percent(analysis.Largest).Should().BeApproximately(40, 1e-6);
        analysis.Missing
            .Should().HaveCount(3).And.Contain(missing => missing.Contains("first_touch_time", StringComparison.Ordinal))
                .And.Contain(missing => missing.Contains("segment_unmap_time", StringComparison.Ordinal));
    }

    [Fact]
    public void BottleneckAnalysis_FirstTouchOfPages_CountsOncePerPage()
    {
        var touch = Catalogue.Metric("first_touch_time").Rows;
        var results = SampleResults.Of(
            Part("segment_map_time", 4_000),
            SampleResults.Row(Verdict.Passed, 500, 500, touch[0]), SampleResults.Row(Verdict.Passed, 8, 8, touch[1]),
            SampleResults.Row(Verdict.Passed, 6_000, 6_000, Catalogue.Row("segment_attach_time", Allocators.Shm)),
            SampleResults.Row(Verdict.Passed, 90_000, 90_000, Catalogue.Row("cross_process_transfer_bandwidth", Allocators.Shm)));
        var analysis = BottleneckAnalysis.Of(results);
        analysis.Parts.Select(part => part.Nanoseconds).Should().Equal(4_000, 128_000);
        analysis.Largest!.Name.Should().StartWith("touch");
        analysis.Beside.Select(part => Math.Round(part.Nanoseconds)).Should().Equal(6_000, 90_000);
        MarkdownReporter.Render(results)
            .Should().Contain("| touch (first write to each of 256 pages) | 128 µs | 97.0 % |")
                .And.Contain("another process): 6.00 µs");
        ComparisonTextReporter.Render(results).Should().Contain("another process): 6.00 µs");
    }

    [Fact]
    public void AllocatorPairs_DifferentOperations_FormNoPair() =>
        AllocatorPair.Of(
            SampleResults.Of(
                SampleResults.Row(
                    Verdict.Passed,
                    4_000,
                    4_000,
                    Catalogue.Row("segment_open_time", Allocators.Shm)), SampleResults.Row(Verdict.Passed, 10)),
            MetricGroup.Allocation).Should().BeEmpty("the run may have ended before the matching row of the other allocator");

    [Fact]
    public void AllocatorPairs_AllRowsOfTheCatalogue_PairOnlyEqualOperations()
    {
        var results = SampleResults.Of([.. Catalogue.Rows.Select(row => SampleResults.Row(Verdict.Passed, 10, 10, row))]);
        Enum.GetValues<MetricGroup>().SelectMany(group => AllocatorPair.Of(results, group))
            .Where(pair => pair.Original.Metric != pair.Other.Metric)
            .Select(pair => pair.Other.Metric).Distinct().Should().Equal("lookup_arithmetic_time");
    }

    [Fact]
    public void AllocatorPairs_TwoLookupMetrics_FormOnePair() =>
        AllocatorPair.Of(
            SampleResults.Of(
                SampleResults.Row(Verdict.Passed, 150, 150, Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, 1_000)),
                SampleResults.Row(Verdict.Passed, 1, 1, Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 1_000))),
            MetricGroup.AddressTranslation).Should().ContainSingle().Which.Title.Should().Be("Finding an address (segments: 1,000)");

    [Fact]
    public void AllocatorPairs_SpeedUpMeasuredSideBySide_ReplacesTheValuesOfTheRows()
    {
        var (original, arena) = (
            Catalogue.Row("allocation_total_time", Allocators.Shm), Catalogue.Row("allocation_total_time", Allocators.Arena));
        var speedUp = new MetricResult
        {
            Name = "speed_up/allocation",
            Value = 335,
            Unit = MetricUnit.Ratio.Name,
            SideBySide = new SideBySide(
                new SideBySideRow(original.Key, 6_700, original.Metric.Unit.Name),
                new SideBySideRow(arena.Key, 20, arena.Metric.Unit.Name)),
        };
        var results = SampleResults.Of(
            SampleResults.Row(Verdict.Passed, 12_100, 12_100, original), SampleResults.Row(Verdict.Passed, 20, 20, arena), speedUp);
        MarkdownReporter.Render(results).Should()
            .Contain("| `Allocating one block of 1 MiB` | 6.70 µs | 20.0 ns | 335 x | side by side |").And.NotContain("605");
        ComparisonTextReporter.Render(results).Should().Contain("335x faster, measured side by side").And.NotContain("605");
    }

    [Theory]
    [InlineData("kibibytes", 4, "4 KiB")]
    [InlineData("kibibytes", 65_536, "64 MiB")]
    [InlineData("bytes", 1_536, "1.5 KiB")]
    [InlineData("block_kibibytes", 1_024, "1 MiB")]
    [InlineData("segments", 10_000, "segments: 10,000")]
    public void ParameterText_SizeInBytes_HasBinaryUnit(string name, int value, string text) =>
        ParameterText.Of(name, value).Should().Be(text);

    [Fact]
    public void Render_PartsNotMeasured_NamesThoseParts() =>
        MarkdownReporter.Render(SampleResults.Of(Part("segment_map_time", 4_000), Part("segment_unlink_time", 2_000)))
            .Should().Contain("- open (openat): no segment_open_time in these results");

    [Fact]
    public void Render_NothingMeasured_HasNoEmptySection() =>
        MarkdownReporter.Render(SampleResults.Of()).Should().Contain("NOTHING MEASURED")
            .And.NotContainAny("|", "Bottleneck", "All rows", "noise", "measure again: `dotnet test --filter \"D");

    private static MetricResult Part(string metric, double nanoseconds) => new()
    {
        Name = metric,
        Value = nanoseconds,
        Unit = MetricUnit.Nanoseconds.Name,
        Metric = metric,
        Allocator = Allocators.Shm,
    };
}
