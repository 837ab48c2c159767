using System.Runtime.InteropServices;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Puts the figures of a run together.</summary>
internal static class RunDocument
{
    /// <summary>Composes the document of a run as it stands.</summary>
    public static ResultsDocument Compose(
        RunContext context,
        DateTimeOffset start,
        IReadOnlyDictionary<string, MetricResult> results,
        IReadOnlyDictionary<string, NotMeasured> notMeasured,
        int rowsAskedFor,
        int rowsEnded) => new()
    {
        SchemaVersion = ResultsDocument.CurrentSchemaVersion,
        Timestamp = start,
        Metrics = InOrderOfReports(results),
        NotMeasured = notMeasured.Count > 0 ? InOrderOfReports(notMeasured) : null,
        Metadata = Metadata(context.Git, context.Machine) with
        {
            // Figures of another version are not the working tree's.
            GitCommit = IsOwn(context) ? context.Git.Commit : context.Candidate.Commit,
            GitDirty = IsOwn(context) && context.Git.IsDirty,
            Candidate = IsOwn(context) ? null : context.Candidate.Label,
            Baseline = context.Base?.Label,
            RowsAskedFor = rowsAskedFor,
            RowsEnded = rowsEnded,
            Disturbances = context.Disturbances.Count > 0 ? [.. context.Disturbances.Select(disturbance => disturbance.Message)] : null,
        },
    };

    private static bool IsOwn(RunContext context) => context.Candidate == LibraryVersion.WorkingTree;

    /// <summary>Where the figures of this process come from.</summary>
    public static ResultsMetadata Metadata(GitRevision git, MachineClass machine) => new()
    {
        GitCommit = git.Commit,
        GitDirty = git.IsDirty,
        MachineClass = machine.Id,
        Machine = machine,
        Runtime = RuntimeInformation.FrameworkDescription,
    };

    /// <summary>A baseline keeps figures; how long its run took is no part of it.</summary>
    public static ResultsDocument WithoutRunDetails(ResultsDocument document) => document with
    {
        NotMeasured = null,
        Metadata = document.Metadata with { RowsAskedFor = null, RowsEnded = null },
        Metrics = document.Metrics.ToDictionary(pair => pair.Key, pair => pair.Value with { Steps = null, BenchmarkSummary = null }, StringComparer.Ordinal),
    };

    /// <summary>xUnit draws the order that rows run in; people and diffs want always the same.</summary>
    private static OrderedDictionary<string, T> InOrderOfReports<T>(IReadOnlyDictionary<string, T> results) =>
        new(results.OrderBy(pair => Catalogue.IndexOf(pair.Key)), StringComparer.Ordinal);
}
