using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// The figures for the Metrics page of Allure 3, which shows changes and history: with the digits that their noise
/// supports, or every run would show a change.
/// </summary>
internal static class AllurePerformanceMetrics
{
    private const string FileName = "perftests-perf.json";

    /// <summary>Removes what an earlier run wrote, so that a run which is killed at once does not look like that one.</summary>
    public static void Remove(AllureFolder folder) => folder.Remove(FileName);

    /// <returns>The path.</returns>
    public static string Write(AllureFolder folder, IEnumerable<MetricResult> figures, DateTimeOffset timestamp) =>
        folder.Write(FileName, ReportJson.Write(figures.Select(figure => ToEntry(figure, timestamp)).ToArray()));

    private static Entry ToEntry(MetricResult figure, DateTimeOffset timestamp)
    {
        var time = new AllureRow(figure).OutcomeAt(timestamp);
        var unit = MetricUnit.ByName[figure.Unit];
        var group = figure.Group?.ToString() ?? "Other";
        return new Entry(
            figure.Name,
            figure.Name,
            RoundedValue.Of(figure),
            time.Start.ToUnixTimeMilliseconds(),
            time.Stop.ToUnixTimeMilliseconds(),
            SafeText.OneLine(TestIdentity.Of(figure).DisplayName),
            unit.Symbol,
            char.ToLowerInvariant(group[0]) + group[1..],
            figure.Group is { } known ? ReadableName.Of(known) : group,
            unit.Better);
    }

    private sealed record Entry(
        string Id, string Key, double Value, long Start, long Stop, string Title, string Unit, string Group, string GroupTitle, Direction Better);
}
