using FluentAssertions;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests of numbers of things in sentences.</summary>
[Category("Formats")]
public sealed class CountTextTests
{
    [Theory]
    [InlineData(1, "row", "1 row")]
    [InlineData(0, "row", "0 rows")]
    [InlineData(2, "change point", "2 change points")]
    [InlineData(1234, "fresh process", "1234 fresh processes")]
    [InlineData(3, "layout copy", "3 layout copies")]
    [InlineData(3, "day", "3 days")]
    [InlineData(2, "launch", "2 launches")]
    public void Of_NumberAndNoun_UsesThePluralUnlessTheNumberIsOne(long count, string noun, string text) =>
        CountText.Of(count, noun).Should().Be(text);
}
