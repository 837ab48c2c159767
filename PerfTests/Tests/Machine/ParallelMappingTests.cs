using FluentAssertions;
using PerfTests.Machine;
using Xunit;

namespace PerfTests.Tests.Machine;

/// <summary>Tests the reason for which parallel prefaulting is not judged.</summary>
[Category("Machine")]
public sealed class ParallelMappingTests
{
    [Theory]
    [InlineData(1.2)]
    [InlineData(1.9)]
    public void WhyNotParallel_TwoThreadsAreFaster_ReturnsNull(double speedUp) =>
        ParallelMapping.WhyNotParallel(speedUp).Should().BeNull();

    [Theory]
    [InlineData(1.199, "only 1.19 times as fast")]
    [InlineData(0.5, "only 0.50 times as fast")]
    public void WhyNotParallel_TwoThreadsAreHardlyFaster_NamesRatioAndRemedy(double speedUp, string ratio) =>
        ParallelMapping.WhyNotParallel(speedUp).Should().Contain(ratio).And.Contain("the row needs 1.2").And.EndWith("or run again later");
}
