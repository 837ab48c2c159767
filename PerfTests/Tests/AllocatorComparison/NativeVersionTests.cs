using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

[Category("AllocatorComparison")]
public sealed class NativeVersionTests
{
    [Theory]
    [InlineData(212, "2.1.2")]
    [InlineData(30107, "3.1.7")]
    public void OfMimalloc_Number_HasThreeParts(int number, string text) => NativeVersions.OfMimalloc(number).Should().Be(text);

    [Fact]
    public void OfBoost_Number_HasThreeParts() => NativeVersions.OfBoost(108300).Should().Be("1.83.0");

    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Read_InstalledAllocators_IncludesTheVersionOfGlibc() =>
        NativeVersions.Read().Should().ContainSingle(version => version.StartsWith("glibc 2.", StringComparison.Ordinal));
}
