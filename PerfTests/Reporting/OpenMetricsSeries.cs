using System.Globalization;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The stable name of a figure in OpenMetrics.</summary>
/// <param name="Family">The metric family; it ends with its unit, as the format demands.</param>
/// <param name="Unit">The unit as part of a name.</param>
/// <param name="Labels">The labels in braces, or nothing.</param>
internal sealed record OpenMetricsSeries(string Family, string Unit, string Labels)
{
    private static readonly Dictionary<string, string> s_units = new(StringComparer.Ordinal)
    {
        [MetricUnit.Nanoseconds.Name] = "nanoseconds",
        [MetricUnit.AllocationsPerSecond.Name] = "allocations_per_second",
        [MetricUnit.BlocksPerSecond.Name] = "blocks_per_second",
        [MetricUnit.GigabytesPerSecond.Name] = "gigabytes_per_second",
        [MetricUnit.Ratio.Name] = "ratio",
        [MetricUnit.Bytes.Name] = "bytes",
        [MetricUnit.SystemCalls.Name] = "system_calls",
        [MetricUnit.PageFaults.Name] = "page_faults",
        [MetricUnit.UsedRatio.Name] = "ratio",
        [MetricUnit.UnusableRatio.Name] = "ratio",
    };

    public static OpenMetricsSeries Of(MetricResult figure)
    {
        // The trace that was replayed is no label: the row is the same.
        var identity = TestIdentity.Of(figure with { Name = figure.Name.Split(MetricRow.TraceMark)[0] });
        var unit = s_units.GetValueOrDefault(figure.Unit) ?? SafeText.Name(figure.Unit, "_");
        var family = $"perf_{SafeText.Name(identity.MethodName, "_")}_{unit}";
        var labels = identity.Arguments
            .Concat(figure.Allocator is { } allocator ? [new("allocator", allocator)] : [])
            .DistinctBy(argument => argument.Key)
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{Label(argument.Key)}=\"{Value(argument.Value)}\"")
            .ToArray();
        return new OpenMetricsSeries(family, unit, labels.Length > 0 ? $"{{{string.Join(',', labels)}}}" : string.Empty);
    }

    /// <summary>A label's name may not begin with a digit, and two underscores at its front are reserved.</summary>
    private static string Label(string name) => SafeText.Name(name, "_") is var label && char.IsAsciiLetter(label.FirstOrDefault()) ? label : $"label_{label}";

    /// <summary>GitLab splits a line as a shell would and cuts at a number sign: no quotes, backslashes, spaces or number signs.</summary>
    private static string Value(object? value) => SafeText.Name(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, "_.:/=+-");
}
