using System.Globalization;
using System.Text;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// Writes OpenMetrics text for GitLab's metrics report and for Prometheus. GitLab compares the text of each value with the text
/// on the target branch. So values are rounded to the digits that their noise supports, and names and order are stable.
/// </summary>
public sealed class OpenMetricsReporter : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, "metrics.txt"), Render(results))];

    /// <summary>Returns the text of the file.</summary>
    public static string Render(ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();

        // The format requires the samples of a family to be adjacent.
        var families = results.Metrics.Values
            .Select(row => (Series: OpenMetricsSeries.Of(row), Row: row))
            .GroupBy(sample => sample.Series.Family, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal);
        foreach (var family in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Key} {Help(family.First().Row)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} gauge\n");
            text.Append(CultureInfo.InvariantCulture, $"# UNIT {family.Key} {family.First().Series.Unit}\n");
            foreach (var (series, row) in family.DistinctBy(sample => sample.Series.Labels))
            {
                text.Append(CultureInfo.InvariantCulture, $"{family.Key}{series.Labels} {RoundedValue.Of(row):0.##########}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private static string Help(MetricResult row) =>
        SafeText.OneLine(row.Title ?? row.Metric ?? row.Name).Replace('\\', '/').Replace('"', '\'').Trim();
}
