using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

/// <summary>Tests that the allocator comparison runs only if the filter selects no other tests.</summary>
[Category("AllocatorComparison")]
public sealed class AllocatorComparisonSelectionTests
{
    [Fact]
    public void Select_OnlyComparisonTests_RunsAll() => Selected("Peers", "Peers").Should().HaveCount(2);

    [Theory]
    [InlineData("Formats")]
    [InlineData("Perf")]
    [InlineData(null)]
    public void Select_ComparisonAndOtherTests_RunsOnlyTheOthers(string? other) =>
        Selected("Peers", other, "Peers").Should().Equal(other);

    [Fact]
    public void Select_NoComparisonTests_RunsAll() => Selected("Perf", null).Should().Equal("Perf", null);

    [Fact]
    public void Select_NoTests_RunsNone() => Selected().Should().BeEmpty();

    private static IReadOnlyCollection<string?> Selected(params string?[] categories) =>
        AllocatorComparisonSelection.Of(categories, Traits);

    private static Dictionary<string, IReadOnlyCollection<string>> Traits(string? category) =>
        category is null ? [] : new() { ["Category"] = [category] };
}
