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
        var estimate = new PairedEstimate(MinimaPercent: 24.1, MinimaNanoseconds: 11.3, PairsPercent: 4.6, PairsNanoseconds: 120);
        estimate.IsSlowerThan(s_tolerance).Should().BeFalse();
    }

    [Theory]
    [InlineData(31, 100, true)]
    [InlineData(29, 100, false)]
    [InlineData(100, 29, false)]
    [InlineData(55, 55, false)]
    public void IsSlowerThan_DifferencesInNanoseconds_EachMustExceedHalfOfTheLimit(double minima, double pairs, bool isSlower)
    {
        new PairedEstimate(10, minima, 10, pairs).IsSlowerThan(s_tolerance).Should().Be(isSlower);
        new PairedEstimate(-10, -minima, -10, -pairs).IsFasterThan(s_tolerance).Should().Be(isSlower);
    }
}
