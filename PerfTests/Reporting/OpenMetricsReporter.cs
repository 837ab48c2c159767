using System.Globalization;
using System.Text;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// OpenMetrics text, for GitLab's metrics report and for Prometheus. GitLab compares the values as text with those
/// of the target branch, so they have the digits that their noise supports, and always the same names and order.
/// </summary>
public sealed class OpenMetricsReporter : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, "metrics.txt"), Render(results))];

    /// <summary>The text.</summary>
    public static string Render(ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();

        // A family's samples must stand together.
        var families = results.Metrics.Values
            .Select(figure => (Series: OpenMetricsSeries.Of(figure), Figure: figure))
            .GroupBy(sample => sample.Series.Family, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal);
        foreach (var family in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Key} {Help(family.First().Figure)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} gauge\n");
            text.Append(CultureInfo.InvariantCulture, $"# UNIT {family.Key} {family.First().Series.Unit}\n");
            foreach (var (series, figure) in family.DistinctBy(sample => sample.Series.Labels))
            {
                text.Append(CultureInfo.InvariantCulture, $"{family.Key}{series.Labels} {RoundedValue.Of(figure):0.##########}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private static string Help(MetricResult figure) =>
        SafeText.OneLine(figure.Title ?? figure.Metric ?? figure.Name).Replace('\\', '/').Replace('"', '\'').Trim();
}
