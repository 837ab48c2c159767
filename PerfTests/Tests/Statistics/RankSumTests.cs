using FluentAssertions;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.Statistics;

[Category("Statistics")]
public sealed class RankSumTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 2.0 / 20)]
    [InlineData(new double[] { 4, 5, 6 }, new double[] { 1, 2, 3 }, 2.0 / 20)]
    [InlineData(new double[] { 1, 2, 4 }, new double[] { 3, 5, 6 }, 4.0 / 20)]
    [InlineData(new double[] { 1, 2 }, new double[] { 3, 4, 5, 6, 7, 8, 9, 10 }, 2.0 / 45)]
    [InlineData(new double[] { 1, 1 }, new double[] { 2, 2 }, 2.0 / 6)]
    [InlineData(new double[] { 7, 7, 7 }, new double[] { 7, 7, 7, 7 }, 1)]
    [InlineData(new double[] { 1, 4 }, new double[] { 2, 3 }, 1)]
    [InlineData(new double[] { }, new double[] { 1 }, 1)]
    public void PValue_SmallGroups_IsTheExactProbability(double[] first, double[] second, double expected) =>
        RankSumTest.PValue(first, second).Should().BeApproximately(expected, 1e-12);

    [Fact]
    public void PValue_ManySeparateValues_IsTinyAndFinite() =>
        RankSumTest.PValue([.. Enumerable.Range(0, 40).Select(i => (double)i)], [.. Enumerable.Range(40, 40).Select(i => (double)i)])
            .Should().BeInRange(1e-24, 1e-22);
}
