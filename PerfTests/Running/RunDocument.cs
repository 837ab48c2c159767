using System.Runtime.InteropServices;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Composes the results document of a run.</summary>
internal static class RunDocument
{
    /// <summary>Returns the document with the rows that have ended so far.</summary>
    public static ResultsDocument Compose(
        RunContext context,
        string runId,
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
            Metadata = WithSettings(Metadata(context.Git, context.Machine, runId)) with
            {
                // With PERF_CANDIDATE the values belong to the candidate's commit, not to the working tree.
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

    /// <summary>Returns the metadata of a run in this process: identifier, commit, machine and .NET runtime.</summary>
    public static ResultsMetadata Metadata(GitRevision git, MachineClass machine, string? runId) => new()
    {
        RunId = runId,
        GitCommit = git.Commit,
        GitDirty = git.IsDirty,
        MachineClass = machine.Id,
        Machine = machine,
        Runtime = RuntimeInformation.FrameworkDescription,
    };

    /// <summary>Returns metadata with the settings of this process that change what is measured or compared.</summary>
    public static ResultsMetadata WithSettings(ResultsMetadata metadata)
    {
        var settings = Setting.OfComparison.Except([Setting.Base, Setting.Candidate]).Where(setting => setting.Text is not null)
            .ToDictionary(setting => setting.Name, setting => setting.Text!, StringComparer.Ordinal);
        return metadata with
        {
            Baseline = Setting.Base.Text,
            Candidate = Setting.Candidate.Text,
            Settings = settings.Count > 0 ? settings : null,
        };
    }

    /// <summary>
    /// Returns a copy of a document with only the parts that a baseline stores, without the progress and the durations of the
    /// run.
    /// </summary>
    public static ResultsDocument WithoutRunDetails(ResultsDocument document) => document with
    {
        NotMeasured = null,
        Metadata = document.Metadata with { RunId = null, Settings = null, RowsAskedFor = null, RowsEnded = null },
        Metrics = document.Metrics.ToDictionary(
            pair => pair.Key, pair => pair.Value with { Steps = null, BenchmarkSummary = null }, StringComparer.Ordinal),
    };

    /// <summary>Sorts rows in the order of the reports, because xUnit runs them in random order.</summary>
    public static OrderedDictionary<string, T> InOrderOfReports<T>(IReadOnlyDictionary<string, T> results) =>
        new(results.OrderBy(pair => Catalogue.IndexOf(pair.Key)), StringComparer.Ordinal);
}
