using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Names rows in words.</summary>
internal static class RowTitle
{
    /// <summary>
    /// Returns the title of the metric, the allocator and the parameters, such as
    /// <c>Finding an address by arithmetic, arena, segments: 100</c>. The title of a counted row or of a speed-up already names both.
    /// </summary>
    public static string Of(MetricResult row)
    {
        if (row.Title is not { Length: > 0 } title)
        {
            return TestIdentity.Find(row.Name)?.Label ?? row.Name;
        }

        var allocator = row.Allocator is { Length: > 0 } name && row.SideBySide is null ? Allocators.TitleOf(name) : null;
        var parameters = (row.Parameters ?? new Dictionary<string, int>())
            .Select(parameter => ParameterText.Of(parameter.Key, parameter.Value));
        return string.Join(", ", parameters.Prepend(allocator).Prepend(title).Where(part => part is { Length: > 0 }));
    }
}
