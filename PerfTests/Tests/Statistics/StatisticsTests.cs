using FluentAssertions;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.Statistics;

[Category("Statistics")]
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 9, 1, 5, 3 }, 4)]
    [InlineData(new double[] { 1, 1, 1, 1_000 }, 1)]
    public void Median_AnyOrder_IsTheMiddleValue(double[] values, double middle) => Median.Of(values).Should().Be(middle);

    [Theory]
    [InlineData(new double[] { 7 }, 7, 7, 7)]
    [InlineData(new double[] { 5, 1, 3, 2, 4 }, 2, 3, 4)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 1.75, 2.5, 3.25)]
    public void Quartiles_AnyValues_BoundTheMiddleHalf(double[] values, double lower, double median, double upper) =>
        Quartiles.Of(values).Should().Be(new Quartiles(lower, median, upper));

    [Fact]
    public void Medians_FullBatches_GiveOneMedianEach() =>
        Batches.Medians([.. Batch(3), .. Batch(2), .. Batch(1)]).Should().Equal(3, 2, 1);

    [Fact]
    public void Medians_RemainingSamples_JoinTheLastBatch() =>
        Batches.Medians([.. Batch(3), .. Batch(1), .. Enumerable.Repeat(2.0, 24)]).Should().Equal(3, 2);

    [Fact]
    public void Medians_FewerSamplesThanABatch_GiveOneMedian() => Batches.Medians([5, 1, 3]).Should().Equal(3);

    /// <summary>
    /// Without an event the expected upper bound is 1 - 0.05^(1/n). The other expected bounds are quantiles of the beta
    /// distribution.
    /// </summary>
    [Theory]
    [InlineData(0, 1_000, 0, 0.0029912)]
    [InlineData(0, 1, 0, 0.95)]
    [InlineData(0, 10, 0, 0.2588656)]
    [InlineData(1, 10, 0.0051162, 0.3941633)]
    [InlineData(5, 10, 0.2224411, 0.7775589)]
    [InlineData(9, 10, 0.6058367, 0.9948838)]
    [InlineData(10, 10, 0.7411344, 1)]
    [InlineData(1_000, 1_000, 0.9970088, 1)]
    public void BinomialBound_EventsInTrials_EqualsClopperPearsonBound(int events, int trials, double lower, double upper)
    {
        BinomialBound.Lower(events, trials).Should().BeApproximately(lower, 1e-6);
        BinomialBound.Upper(events, trials).Should().BeApproximately(upper, 1e-6);
    }

    [Fact]
    public void BinomialBound_MoreTrials_IntervalIsNarrower()
    {
        BinomialBound.Upper(10, 1_000).Should().BeLessThan(BinomialBound.Upper(1, 100)).And.BeGreaterThan(0.01);
        BinomialBound.Lower(990, 1_000).Should().BeGreaterThan(BinomialBound.Lower(99, 100)).And.BeLessThan(0.99);
    }

    /// <summary>Returns a batch whose median is unaffected, although 12 of its 25 samples were disturbed.</summary>
    private static IEnumerable<double> Batch(double value) => [.. Enumerable.Repeat(value, 13), .. Enumerable.Repeat(value * 100, 12)];
}
