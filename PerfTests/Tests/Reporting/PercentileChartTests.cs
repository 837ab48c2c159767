using System.Xml.Linq;
using FluentAssertions;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests the chart of the percentiles of single durations.</summary>
[Category("Formats")]
public sealed class PercentileChartTests
{
    [Fact]
    public void Render_RowWithoutPercentiles_IsNull() => PercentileChart.Render(SampleResults.Row(Verdict.Passed, 10)).Should().BeNull();

    [Fact]
    public void Render_TwoLaunches_DrawsALineForEach()
    {
        var lines = Lines(new(50, 60, 100, 9_000), new(51, 62, 110, 20_000));
        lines.Should().HaveCount(2);
        lines[0].Value.Should().Be("50 %: 50.0 ns, 99 %: 60.0 ns, 99.9 %: 100 ns, maximum: 9.00 µs");
        var heights = lines[1].Attribute("points")!.Value.Split(' ').Select(point => double.Parse(point.Split(',')[1]));
        heights.Should().BeInDescendingOrder("longer durations are higher").And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Render_ImpossiblePercentile_LeavesTheLaunchOut(double impossible) =>
        Lines(new(50, 60, 100, 9_000), new(50, 60, 100, impossible)).Should().HaveCount(1);

    private static XElement[] Lines(params LatencyPercentiles[] launches)
    {
        var row = SampleResults.Row(Verdict.Passed, 10);
        LaunchResult[] withPercentiles = [.. launches.Select(one => row.Launches![0] with { Percentiles = one })];
        var svg = XDocument.Parse(PercentileChart.Render(row with { Launches = withPercentiles })!);
        return [.. svg.Descendants().Where(element => element.Name.LocalName == "polyline")];
    }
}
