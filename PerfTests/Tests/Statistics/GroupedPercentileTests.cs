using FluentAssertions;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.Statistics;

[Category("Statistics")]
public sealed class GroupedPercentileTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(25, 15)]
    [InlineData(50, 20)]
    [InlineData(75, 25)]
    [InlineData(99, 29.8)]
    [InlineData(100, 30)]
    public void Of_TwoSteps_InterpolatesWithinAStep(double percentile, double expected) =>
        GroupedPercentile.Of([(20, 50), (30, 50)], percentile).Should().BeApproximately(expected, 1e-9);

    [Fact]
    public void Of_FewDurationsReachTheNextStep_HardlyChanges()
    {
        // The 99th percentile of the rounded values is 20 before and 30 after.
        var before = GroupedPercentile.Of([(10, 9_000), (20, 905), (30, 95)], 99);
        var after = GroupedPercentile.Of([(10, 9_000), (20, 895), (30, 105)], 99);
        (after / before).Should().BeInRange(1, 1.03);
    }

    [Fact]
    public void Of_GapBelowTheGroup_StaysWithinOneStep() =>
        GroupedPercentile.Of([(90, 100), (100, 8_080), (5_000, 12)], 99.9).Should().BeInRange(4_990, 5_000);

    [Fact]
    public void Of_OneValue_ReturnsIt() => GroupedPercentile.Of([(20, 7)], 50).Should().Be(20);

    [Fact]
    public void Of_NoValue_ReturnsNaN() => GroupedPercentile.Of([], 50).Should().Be(double.NaN);
}
