using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the search for the rows that one test case of xUnit runs.</summary>
[Category("Running")]
public sealed class RequestedRowsTests
{
    [Fact]
    public void RequestedRows_DisplayNameOfRow_AreOnlyThatRow()
    {
        foreach (var row in Catalogue.TheoryRows())
        {
            RequestedRows.Of(row.MetricId, row.TestDisplayName).Should().ContainSingle().Which.Key.Should().Be(row.Key);
        }
    }

    [Fact]
    public void RequestedRows_TheoryNotEnumerated_AreAllItsRows() =>
        Catalogue.Theories.SelectMany(theory => RequestedRows.Of(theory, $"PerfTests.Theories.SomeMetrics.{theory}"))
            .Select(row => row.Key).Should().BeEquivalentTo(Catalogue.Keys);

    [Theory]
    [InlineData(null)]
    [InlineData("no_such_theory")]
    public void RequestedRows_UnknownTheory_AreNone(string? theory) => RequestedRows.Of(theory, "any(of: x)").Should().BeEmpty();
}
