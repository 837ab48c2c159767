using System.Collections.Concurrent;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>The figures of rows that were judged, by the rows' display names, for who reports a row when its test ends.</summary>
internal static class RowResults
{
    private static readonly ConcurrentDictionary<string, MetricResult> s_results = new(StringComparer.Ordinal);

    /// <summary>Notes a row's figure, before its test asserts on it.</summary>
    public static void Set(string displayName, MetricResult figure) => s_results[displayName] = figure;

    /// <summary>The row's figure, or null if it did not come so far.</summary>
    public static MetricResult? Get(string displayName) => s_results.GetValueOrDefault(displayName);
}
