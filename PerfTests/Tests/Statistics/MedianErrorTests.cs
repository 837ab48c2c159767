using FluentAssertions;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.Statistics;

/// <summary>Tests the standard errors of medians against exact values, and against the spread of medians of random samples.</summary>
[Category("Statistics")]
public sealed class MedianErrorTests
{
    [Theory]
    [InlineData(new double[] { }, 0)]
    [InlineData(new double[] { 7 }, 0)]
    [InlineData(new double[] { 5, 5, 5, 9 }, 0)]
    [InlineData(new double[] { 1, 3 }, 1.5715)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, 1.0022)]
    public void Of_FewValues_ReturnsTheStandardError(double[] values, double error) =>
        MedianError.Of(values).Should().BeApproximately(error, 1e-4);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(25)]
    public void OfEstimates_RandomSamples_IsTheStandardDeviationOfTheirMedian(int samples)
    {
        const int Pairs = 16, Trials = 2_000;
        var random = new Random(7);
        var medians = new double[Trials];
        var errors = new double[Trials];
        for (var trial = 0; trial < Trials; trial++)
        {
            var pairs = Enumerable.Range(0, Pairs).Select(_ => Sample(random, samples)).ToArray();
            medians[trial] = Median.Of(pairs.Select(Median.Of));
            errors[trial] = MedianError.OfEstimates([.. pairs.Select(MedianError.Of)]);
        }

        var deviation = Math.Sqrt(medians.Average(median => median * median));
        Median.Of(errors).Should().BeInRange(0.8 * deviation, 1.2 * deviation);
    }

    [Fact]
    public void OfEstimates_OnePairIsDisturbed_HardlyChanges() =>
        MedianError.OfEstimates([.. Enumerable.Repeat(1.0, 23), 60])
            .Should().BeApproximately(MedianError.OfEstimates([.. Enumerable.Repeat(1.0, 24)]), 1e-9);

    private static double[] Sample(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal(random))];

    /// <summary>Returns a random number with a normal distribution (Box and Muller, 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
