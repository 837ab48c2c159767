using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class RequestedRowsTests
{
    [Fact]
    public void Of_DisplayNameOfRow_ReturnsOnlyThatRow()
    {
        foreach (var row in Catalogue.TheoryRows())
        {
            RequestedRows.Of(row.MetricId, row.TestDisplayName).Should().ContainSingle().Which.Key.Should().Be(row.Key);
        }
    }

    [Fact]
    public void Of_TheoryNotEnumerated_ReturnsAllItsRows() =>
        Catalogue.Theories.SelectMany(theory => RequestedRows.Of(theory, $"PerfTests.Theories.SomeMetrics.{theory}"))
            .Select(row => row.Key).Should().BeEquivalentTo(Catalogue.Keys);

    [Theory]
    [InlineData(null)]
    [InlineData("no_such_theory")]
    public void Of_UnknownTheory_ReturnsNoRows(string? theory) => RequestedRows.Of(theory, "any(of: x)").Should().BeEmpty();
}
