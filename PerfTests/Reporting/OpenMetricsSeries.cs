using System.Globalization;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Stable name of a row in OpenMetrics.</summary>
/// <param name="Family">Name of the metric family. The format requires that this name ends with the unit.</param>
/// <param name="Unit">Unit, in the spelling that names contain.</param>
/// <param name="Labels">Labels in braces, or an empty string.</param>
internal sealed record OpenMetricsSeries(string Family, string Unit, string Labels)
{
    public static OpenMetricsSeries Of(MetricResult row)
    {
        // The replayed trace is not a label, so that dashboards follow the row whichever trace it replays.
        var identity = TestIdentity.Of(row with { Name = row.Name.Split(MetricRow.TraceMark)[0] });
        var unit = MetricUnit.ByName.GetValueOrDefault(row.Unit)?.OpenMetricsName ?? SafeText.Name(row.Unit, "_");
        var family = $"perf_{SafeText.Name(identity.MethodName, "_")}_{unit}";
        var labels = identity.Arguments
            .Concat(row.Allocator is { } allocator ? [new("allocator", allocator)] : [])
            .DistinctBy(argument => argument.Key)
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{Label(argument.Key)}=\"{Value(argument.Value)}\"")
            .ToArray();
        return new OpenMetricsSeries(family, unit, labels.Length > 0 ? $"{{{string.Join(',', labels)}}}" : string.Empty);
    }

    /// <summary>Returns a valid label name. Such a name may not begin with a digit, and two leading underscores are reserved.</summary>
    private static string Label(string name) =>
        SafeText.Name(name, "_") is var label && char.IsAsciiLetter(label.FirstOrDefault()) ? label : $"label_{label}";

    /// <summary>
    /// Returns a label value without quotes, backslashes, spaces and number signs, because GitLab splits lines like a shell.
    /// </summary>
    private static string Value(object? value) =>
        SafeText.Name(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, "_.:/=+-");
}
