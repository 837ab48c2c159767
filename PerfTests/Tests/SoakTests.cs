using FluentAssertions;
using Xunit;

namespace PerfTests.Tests;

[Category("Running")]
public sealed class SoakTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("full", 1)]
    [InlineData("10", 10)]
    public void DosesOf_DocumentedValue_IsTheNumberOfFullDoses(string? value, int doses) => Soak.DosesOf(value).Should().Be(doses);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("Full")]
    [InlineData("1e3")]
    public void DosesOf_AnyOtherValue_ThrowsNamingTheVariable(string value) =>
        FluentActions.Invoking(() => Soak.DosesOf(value)).Should().Throw<InvalidOperationException>().WithMessage("*PERFTESTS_SOAK*");
}
