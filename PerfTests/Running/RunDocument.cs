using System.Runtime.InteropServices;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Puts the figures of a run together.</summary>
internal static class RunDocument
{
    public static ResultsDocument Compose(RunContext context, IReadOnlyDictionary<string, MetricResult> results) => new()
    {
        SchemaVersion = ResultsDocument.CurrentSchemaVersion,
        Timestamp = DateTimeOffset.UtcNow,
        Metrics = InOrderOfReports(results),
        Metadata = new ResultsMetadata
        {
            GitCommit = context.Git.Commit,
            GitDirty = context.Git.IsDirty,
            MachineClass = context.Machine.Id,
            Machine = context.Machine,
            Disturbances = context.Disturbances.Count > 0 ? [.. context.Disturbances.Select(disturbance => disturbance.Message)] : null,
            Runtime = RuntimeInformation.FrameworkDescription,
        },
    };

    /// <summary>xUnit draws the order that rows run in; people and diffs want always the same.</summary>
    private static OrderedDictionary<string, MetricResult> InOrderOfReports(IReadOnlyDictionary<string, MetricResult> results) =>
        new(Catalogue.Keys.Where(results.ContainsKey).Select(key => KeyValuePair.Create(key, results[key])), StringComparer.Ordinal);
}
