using FluentAssertions;
using PerfTests.History;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.History;

[Category("History")]
public sealed class ChangePointDetectorTests
{
    /// <summary>Seed of the invented series. Rates with other seeds are measured by <c>drift --evaluate</c>.</summary>
    private const int Seed = 20261126;

    [Fact]
    public void Find_OneStep_ReturnsItsPositionAndSize()
    {
        var changes = ChangePointDetector.Find([.. Values(20, 100), .. Values(20, 110)]);
        var change = changes.Should().ContainSingle().Subject;
        change.Index.Should().Be(20);
        change.ChangePercent.Should().BeApproximately(10, 0.5);
        change.Confidence.Should().BeGreaterThan(0.999);
        (change.Before, change.After).Should().Be((Median.Of(Values(20, 100)), Median.Of(Values(20, 110))));
    }

    [Fact]
    public void Find_TwoSteps_ReturnsBoth() =>
        ChangePointDetector.Find([.. Values(15, 100), .. Values(15, 110), .. Values(15, 100)])
            .Select(change => change.Index).Should().Equal(15, 30);

    [Fact]
    public void Find_StepOfLessThanOnePercent_ReturnsNothing() =>
        ChangePointDetector.Find([.. Values(30, 100), .. Values(30, 100.8)]).Should().BeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(60)]
    public void Find_EqualValues_ReturnsNothing(int count) =>
        ChangePointDetector.Find([.. Enumerable.Repeat(5.0, count)]).Should().BeEmpty();

    [Fact]
    public void Find_CountThatWasZero_ReturnsTheStepWithoutPercent()
    {
        var change = ChangePointDetector.Find([.. Enumerable.Repeat(0.0, 10), .. Enumerable.Repeat(2.0, 10)])
            .Should().ContainSingle().Subject;
        (change.Index, change.Before, change.After, change.ChangePercent).Should().Be((10, 0, 2, null));
    }

    [Theory]
    [InlineData("no change")]
    [InlineData("no change, 5 % outliers")]
    public void Find_ThousandSeriesWithoutChange_ReturnsAtMostOneFalseAlarm(string situation) =>
        Measure(situation, 1000).Found.Should().BeLessThanOrEqualTo(1);

    [Theory]
    [InlineData("step of 5 %", 0.95)]
    [InlineData("step of 10 %", 0.99)]
    [InlineData("step of 5 %, 5 % outliers", 0.9)]
    [InlineData("step of 10 %, 7 runs ago", 0.9)]
    public void Find_SeriesWithStep_ReturnsTheStep(string situation, double least)
    {
        var rates = Measure(situation, 200);
        ((double)rates.Near! / rates.SeriesCount).Should().BeGreaterThanOrEqualTo(least);
    }

    [Fact]
    public void Find_SlowRampOfTenPercent_ReturnsAChangePoint() =>
        Measure("ramp of 10 % over all runs", 200).Rate.Should().BeGreaterThanOrEqualTo(0.95);

    [Fact]
    public void Measure_SameSeed_ReturnsTheSameRates() => Measure("step of 2 %", 50).Should().Be(Measure("step of 2 %", 50));

    private static DetectionRates Measure(string situation, int count) =>
        DetectionRates.Measure(SyntheticSeries.All.Single(series => series.Name == situation), count, Seed);

    /// <summary>Returns values around a level that differ by up to 0.3 %, in an order without a trend.</summary>
    private static double[] Values(int count, double level) =>
        [.. Enumerable.Range(0, count).Select(index => level * (1 + (0.0003 * (index * 7 % 11))))];
}
