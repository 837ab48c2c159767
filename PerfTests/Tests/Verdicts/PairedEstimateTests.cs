using FluentAssertions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>Tests the limits in percent and in nanoseconds.</summary>
[Category("Verdict")]
public sealed class PairedEstimateTests
{
    private static readonly Tolerance s_tolerance = new(6, 60);

    [Fact]
    public void IsSlowerThan_StatisticsOfDifferentStates_IsFalse()
    {
        // The minima were 60 and 71 ns, while the median sample took 2,600 ns.
        var estimate = Estimate(minimaPercent: 24.1, minimaNanoseconds: 11.3, pairsPercent: 4.6, pairsNanoseconds: 120);
        estimate.IsSlowerThan(s_tolerance).Should().BeFalse();
    }

    [Theory]
    [InlineData(31, 100, true)]
    [InlineData(29, 100, false)]
    [InlineData(100, 29, false)]
    [InlineData(55, 55, false)]
    public void IsSlowerThan_DifferencesInNanoseconds_EachMustExceedHalfOfTheLimit(double minima, double pairs, bool isSlower)
    {
        Estimate(10, minima, 10, pairs).IsSlowerThan(s_tolerance).Should().Be(isSlower);
        Estimate(-10, -minima, -10, -pairs).IsFasterThan(s_tolerance).Should().Be(isSlower);
    }

    [Theory]
    [InlineData(10, 10, 100, true)]
    [InlineData(-10, -10, -100, true)]
    [InlineData(8.9, 12, 100, false)] // 9 % is 1.5 times the tolerance
    [InlineData(12, 8.9, 100, false)]
    [InlineData(40, 20, 100, true)]
    [InlineData(20, 40, 100, true)]
    [InlineData(45, 20, 100, true)] // more than twice as much, but the same in nanoseconds
    [InlineData(20, 45, 100, true)]
    [InlineData(20, -20, 100, false)]
    [InlineData(20, 20, 59, false)]
    public void IsApartByWallClock_StatisticsOfTheWallClock_EachMustExceedTheLimits(
        double minimaPercent, double wallPairsPercent, double nanoseconds, bool isApart) =>
        new PairedEstimate(minimaPercent, nanoseconds, 0, 0, wallPairsPercent, nanoseconds)
            .IsApartByWallClock(s_tolerance).Should().Be(isApart);

    private static PairedEstimate Estimate(
        double minimaPercent, double minimaNanoseconds, double pairsPercent, double pairsNanoseconds) =>
        new(minimaPercent, minimaNanoseconds, pairsPercent, pairsNanoseconds, pairsPercent, pairsNanoseconds);
}
