using System.Runtime.InteropServices;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Puts the figures of a run together.</summary>
internal static class RunDocument
{
    public static ResultsDocument Compose(RunContext context, IReadOnlyDictionary<string, MetricResult> results) => new()
    {
        SchemaVersion = ResultsDocument.CurrentSchemaVersion,
        Timestamp = DateTimeOffset.UtcNow,
        Metrics = results,
        Metadata = new ResultsMetadata
        {
            GitCommit = context.Git.Commit,
            GitDirty = context.Git.IsDirty,
            MachineClass = context.Machine.Id,
            Machine = context.Machine,
            Runtime = RuntimeInformation.FrameworkDescription,
        },
    };
}
