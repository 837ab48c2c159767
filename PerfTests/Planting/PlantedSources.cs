using PerfTests.Files;
using PerfTests.Metrics;

namespace PerfTests.Planting;

/// <summary>
/// Slowdowns that a developer could introduce by mistake. Each slowdown is a patch file in this folder that adds work to the
/// libraries' sources and changes no result. The first line of the file describes the added work. The self-test builds one
/// version with all patches and compares it with the unchanged sources.
/// </summary>
internal static class PlantedSources
{
    private const string Folder = "PerfTests/Planting";

    private static readonly PlantedSource[] s_all =
    [
        new("lookup-one-more-instruction", row => row.Metric.Id == "lookup_arithmetic_time"),
        new("linear-scan-sixteenth-twice", row => row.Metric.Id == "lookup_linear_scan_time" && row.Parameters[0].Value >= 100),
        new("allocation-waits-for-division",
            row => row is { Allocator: Allocators.Arena, Metric.Id: "allocation_total_time" or "allocation_throughput" }),
        new("write-quarter-copied-twice", row => row.Metric.Id == "transfer_1mb_bandwidth"),
        new("creation-three-lookups",
            row => row is { Allocator: Allocators.Shm, Metric.Id: "allocation_total_time" or "allocation_throughput" }),
    ];

    /// <summary>
    /// Gets the patch files of all slowdowns. Each slowdown affects different rows, so one build can contain all slowdowns.
    /// </summary>
    public static string[] Patches => [.. s_all.Select(planted => PathOf(planted.Name))];

    /// <summary>Returns the first line of the patch that slows a row down, or null if no patch does.</summary>
    public static string? TextFor(MetricRow row) =>
        Array.Find(s_all, planted => planted.Slows(row)) is { } found ? File.ReadLines(PathOf(found.Name)).First() : null;

    private static string PathOf(string name) => ProjectRoot.Resolve($"{Folder}/{name}.patch");

    private sealed record PlantedSource(string Name, Func<MetricRow, bool> Slows);
}
