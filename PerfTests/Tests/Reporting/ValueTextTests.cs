using FluentAssertions;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests of the values that people read in the console, the comment and the reports.</summary>
[Category("Formats")]
public sealed class ValueTextTests
{
    [Theory]
    [InlineData(9.7, "ns", "9.70 ns")]
    [InlineData(999, "ns", "999 ns")]
    [InlineData(10_200, "ns", "10.2 µs")]
    [InlineData(4_000_000, "ns", "4.00 ms")]
    [InlineData(2_500_000_000, "ns", "2.50 s")]
    [InlineData(0, "ns", "0 ns")]
    [InlineData(68_600, "alloc/s", "68,600 alloc/s")]
    [InlineData(140_000_000, "alloc/s", "140 million alloc/s")]
    [InlineData(16_400_000, "blocks/s", "16.4 million blocks/s")]
    [InlineData(50.1, "GB/s", "50.1 GB/s")]
    [InlineData(1_010, "x", "1,010 x")]
    [InlineData(0.512, "of free memory", "51.2 % of free memory")]
    [InlineData(0, "of free memory", "0 % of free memory")]
    [InlineData(1, "of the capacity", "100 % of the capacity")]
    [InlineData(1_493, "instructions", "1,493 instructions")]
    [InlineData(1, "instructions", "1 instruction")]
    public void Format_AnyUnit_HasTheSizeThatPeopleRead(double value, string unit, string text) =>
        ValueText.Format(value, MetricUnit.Find(unit)!).Should().Be(text);

    [Theory]
    [InlineData(200, "x", "200 x")]
    [InlineData(0.8, "x", "0.8 x")]
    [InlineData(1 / 1.5, "x", "0.667 x")]
    [InlineData(0.88, "of the capacity", "88 % of the capacity")]
    [InlineData(2, "system calls", "2 system calls")]
    public void FormatLimit_AnyUnit_HasNoTrailingZeros(double limit, string unit, string text) =>
        ValueText.FormatLimit(limit, MetricUnit.Find(unit)!).Should().Be(text);

    [Theory]
    [InlineData(0.8801, "of the capacity", "88.01 % of the capacity")]
    [InlineData(0.65, "of free memory", "65 % of free memory")]
    [InlineData(0.0001, "page faults", "0.0001 page faults")]
    [InlineData(1_493, "instructions", "1,493 instructions")]
    public void FormatCount_AnyUnit_ShowsSmallDifferences(double value, string unit, string text) =>
        ValueText.FormatCount(value, MetricUnit.Find(unit)!).Should().Be(text);

    [Fact]
    public void Format_LikeAnotherValue_HasItsSize() =>
        ValueText.Format(800, MetricUnit.Nanoseconds, like: 1_000).Should().Be("0.800 µs");
}
