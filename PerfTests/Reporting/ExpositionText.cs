using System.Globalization;
using System.Text;

namespace PerfTests.Reporting;

/// <summary>Writes samples in the text formats of Prometheus and OpenMetrics.</summary>
internal static class ExpositionText
{
    /// <summary>
    /// Returns the samples as text. The samples of a family are adjacent, because both formats require it. Of samples with the same
    /// family and labels, only the first is written.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="numberFormat">Format of the values.</param>
    /// <param name="hasUnits">True to write the units of the families, which only OpenMetrics defines.</param>
    public static string Render(IEnumerable<ExpositionSample> samples, string numberFormat, bool hasUnits)
    {
        var text = new StringBuilder();
        foreach (var family in samples.GroupBy(sample => sample.Family, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            var (help, unit) = (family.First().Help, family.First().Unit);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Key} {Help(help)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} gauge\n");
            if (hasUnits && unit is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"# UNIT {family.Key} {unit}\n");
            }

            foreach (var (labels, value) in family.Select(sample => (Labels(sample), sample.Value)).DistinctBy(sample => sample.Item1))
            {
                text.Append(CultureInfo.InvariantCulture, $"{family.Key}{labels} ")
                    .Append(value.ToString(numberFormat, CultureInfo.InvariantCulture)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Help(string help) => SafeText.OneLine(help).Replace('\\', '/').Replace('"', '\'').Trim();

    private static string Labels(ExpositionSample sample) => sample.Labels.Count == 0
        ? string.Empty
        : $"{{{string.Join(',', sample.Labels.Select(label => $"{label.Key}=\"{Escaped(label.Value)}\""))}}}";

    private static string Escaped(string value) =>
        SafeText.OneLine(value).Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
