using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests when a speed-up that missed its bound counts.</summary>
[Category("Running")]
public sealed class SpeedUpCheckTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("early", "early", null, null)]
    [InlineData("late", null, null, "late")]
    [InlineData("first", null, "first", "second")]
    public void WhyNotJudged_BoundOutOfReachInOneCheck_ReturnsThatReason(string? reason, params string?[] controls) =>
        SpeedUpCheck.WhyNotJudged(controls).Should().Be(reason);

    [Fact]
    public void WhyNotJudged_NoCheck_ReturnsNull() => SpeedUpCheck.WhyNotJudged([]).Should().BeNull();
}
