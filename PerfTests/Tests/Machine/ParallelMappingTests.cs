using FluentAssertions;
using PerfTests.Machine;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Machine;

/// <summary>Tests the reasons for which prefaulting is not judged.</summary>
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

    [Fact]
    public void WhyNotMappable_AnyKernel_AgreesWithPrefaulting()
    {
        using var segment = ShmSegment.CreateExclusive(Environment.SystemPageSize);
        (ParallelMapping.WhyNotMappable() is null).Should().Be(segment.TryPrefault(0, Environment.SystemPageSize));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(22, "*EINVAL*Linux 5.14 or later can")]
    [InlineData(12, "madvise could not map 65,536 KiB (ENOMEM); free memory and run again")]
    public void WhyRefused_ErrorNumber_NamesErrorAndRemedy(int errno, string? reason)
    {
        var actual = ParallelMapping.WhyRefused(errno, 64 << 20);
        if (reason is null)
        {
            actual.Should().BeNull();
        }
        else
        {
            actual.Should().Match(reason);
        }
    }
}
