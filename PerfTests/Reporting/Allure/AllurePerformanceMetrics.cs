using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes the values for the Metrics page of Allure 3, which shows changes and history. Each value is rounded to the digits that its
/// noise supports, because otherwise every run would show a change.
/// </summary>
internal static class AllurePerformanceMetrics
{
    private const string FileName = "perftests-perf.json";

    /// <summary>
    /// Removes the file of an earlier run. Otherwise the report of a killed run would show the values of the earlier run.
    /// </summary>
    public static void Remove(AllureFolder folder) => folder.Remove(FileName);

    /// <summary>Writes the file with the values of the given rows, in the order of the catalogue.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(AllureFolder folder, IEnumerable<MetricResult> rows, DateTimeOffset timestamp)
    {
        var entries = rows.OrderBy(row => Catalogue.IndexOf(row.Name)).Select(row => ToEntry(row, timestamp));
        return folder.Write(FileName, ReportJson.Write(entries.ToArray()));
    }

    private static Entry ToEntry(MetricResult row, DateTimeOffset timestamp)
    {
        var time = new AllureRow(row).OutcomeAt(timestamp);
        var unit = MetricUnit.ByName[row.Unit];
        var group = row.Group?.ToString() ?? "Other";
        return new Entry(
            row.Name,
            row.Name,
            RoundedValue.Of(row),
            time.Start.ToUnixTimeMilliseconds(),
            time.Stop.ToUnixTimeMilliseconds(),
            SafeText.OneLine(TestIdentity.Of(row).DisplayName),
            unit.Symbol,
            char.ToLowerInvariant(group[0]) + group[1..],
            row.Group is { } known ? ReadableName.Of(known) : group,
            unit.Better);
    }

    private sealed record Entry(
        string Id,
        string Key,
        double Value,
        long Start,
        long Stop,
        string Title,
        string Unit,
        string Group,
        string GroupTitle,
        Direction Better);
}
