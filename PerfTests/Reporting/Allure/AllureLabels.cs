using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>Labels by which Allure groups tests.</summary>
internal static class AllureLabels
{
    /// <summary>Metrics whose regression is most severe. The scripts that this suite replaces tracked them already.</summary>
    private static readonly string[] s_criticalMetrics =
    [
        "allocation_total_time", "allocation_throughput", "lookup_linear_scan_time", "lookup_arithmetic_time",
        "transfer_1mb_bandwidth", SpeedUp.TheoryName,
    ];

    public static IReadOnlyList<AllureLabel> Of(TestIdentity test, TestOutcome outcome, MetricResult? row, string host)
    {
        var isPerformance = row is not null || outcome.Categories.Contains(CategoryName.Perf);
        var isComparison = outcome.Categories.Contains(CategoryName.AllocatorComparison);
        var spaces = test.ClassName.Split('.');
        var area = spaces.Length > 1 ? spaces[^2] : test.AssemblyName;
        return
        [
            new("thread", "1"),
            new("host", host),
            new("language", "C#"),
            new("framework", "xUnit.net"),
            new("testClass", spaces[^1]),
            new("testMethod", test.MethodName),
            new("package", test.ClassName),
            new("parentSuite", test.AssemblyName),
            new("suite", isPerformance ? "Performance" : area),
            new("subSuite", spaces[^1]),
            new("epic", isPerformance ? "Performance" : isComparison ? "Allocator comparison" : "Correctness"),
            new("feature", (row?.Group ?? GroupOf(test.MethodName)) is { } group ? ReadableName.Of(group) : ReadableName.Of(spaces[^1])),
            new("story", isPerformance ? test.MethodName : ReadableName.Of(test.MethodName)),
            new("severity", isPerformance && s_criticalMetrics.Contains(test.MethodName) ? "critical" : "normal"),
            new("layer", isPerformance || isComparison ? "performance" : "unit"),
            .. outcome.Categories.Select(category => new AllureLabel("tag", category)),
            .. row?.Allocator is { } allocator ? [new AllureLabel("tag", allocator)] : Array.Empty<AllureLabel>(),
        ];
    }

    /// <summary>Returns the section of a metric, for tests that ended without a result.</summary>
    private static MetricGroup? GroupOf(string metricId) =>
        Catalogue.Metrics.FirstOrDefault(metric => metric.Id == metricId)?.Group;
}
