using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Tests.Conformance;
using PerfTests.Tests.Reporting;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Metrics;

[Category("Catalogue")]
public sealed class AllocatorTests
{
    [Fact]
    public void AllocatorTable_EveryAllocator_HasConformanceTests() =>
        typeof(AllocatorConformance).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(AllocatorConformance)))
            .Select(NameOf)
            .Should().BeEquivalentTo(Allocators.All.Select(allocator => allocator.Name));

    [Theory]
    [InlineData("allocation_total_time")]
    [InlineData("allocation_throughput")]
    [InlineData("transfer_1mb_bandwidth")]
    [InlineData("kv_trace_replay_throughput")]
    public void Metric_ScenarioExistsForEveryAllocator_HasOneRowForEach(string metric) =>
        Catalogue.Metric(metric).Rows.Select(row => row.Allocator).Should().Equal(Allocators.All.Select(allocator => allocator.Name));

    [Fact]
    public void Render_ResultsOfUnknownAllocator_ReportsCompareItWithTheOriginal()
    {
        var original = SampleResults.Row(Verdict.Passed, 10_000, 10_000, Catalogue.Row("allocation_total_time", Allocators.Shm));
        var arena = SampleResults.Row(Verdict.Passed, 10);
        var third = arena with { Name = "allocation_total_time/third", Allocator = "third", Value = 5_000 };
        var results = SampleResults.Of(original, arena, third);
        MarkdownReporter.Render(results).Should()
            .Contain("| operation | original | arena | speed-up |").And.Contain("| operation | original | third | speed-up |")
            .And.Contain("| 10.0 µs | 10.0 ns | 1,000 x |").And.Contain("| 10.0 µs | 5.00 µs | 2.00 x |");
        ComparisonTextReporter.Render(results).Should().Contain("  Arena:       10.0 ns\n").And.Contain("  Third:       5.00 µs\n");
    }

    private static string NameOf(Type conformance)
    {
        using var tests = (AllocatorConformance)Activator.CreateInstance(conformance)!;
        return tests.AllocatorName;
    }
}
