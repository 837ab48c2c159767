using System.Globalization;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Stable names of a row in the text formats of Prometheus and OpenMetrics.</summary>
/// <param name="Metric">Name of the row's metric.</param>
/// <param name="Labels">Allocator and parameters, in the order of their names.</param>
internal sealed record RowSeries(string Metric, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    public static RowSeries Of(MetricResult row)
    {
        // The replayed trace is not a label, so that dashboards follow the row whichever trace it replays.
        var identity = TestIdentity.Of(row with { Name = row.Name.Split(MetricRow.TraceMark)[0] });
        return new RowSeries(
            SafeText.Name(identity.MethodName, "_"),
            [
                .. identity.Arguments
                    .Concat(row.Allocator is { } allocator ? [new("allocator", allocator)] : [])
                    .DistinctBy(argument => argument.Key)
                    .OrderBy(argument => argument.Key, StringComparer.Ordinal)
                    .Select(argument => KeyValuePair.Create(Label(argument.Key), Value(argument.Value))),
            ]);
    }

    /// <summary>
    /// Returns a label value without quotes, backslashes, spaces and number signs, because GitLab splits lines like a shell.
    /// </summary>
    public static string Value(object? value) =>
        SafeText.Name(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, "_.:/=+-");

    /// <summary>Returns a valid label name. Such a name may not begin with a digit, and two leading underscores are reserved.</summary>
    private static string Label(string name) =>
        SafeText.Name(name, "_") is var label && char.IsAsciiLetter(label.FirstOrDefault()) ? label : $"label_{label}";
}
