using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Results;
using static PerfTests.Baselines.UnusableBaseline;

namespace PerfTests.Baselines;

/// <summary>One file of a set of baselines.</summary>
/// <param name="Name">Name that messages use for the file.</param>
/// <param name="Document">Content of the file.</param>
/// <param name="IsCommitted">True if the file is committed, or the user named it.</param>
/// <param name="IsLocal">True if the machine recorded the file for itself. Files that were accepted come first.</param>
internal sealed record BaselineFile(string Name, ResultsDocument Document, bool IsCommitted, bool IsLocal)
{
    /// <summary>Tells whether a result counts, by its origin; null if all results count.</summary>
    public Func<Provenance, bool>? Counts { get; init; }

    private readonly Dictionary<string, MetricResult> _stored =
        Document.Metrics.ToDictionary(pair => CatalogueKeys.Common(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _faults =
        Document.UnusableRows.ToDictionary(pair => CatalogueKeys.Common(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Finds the stored result that a row is compared with.</summary>
    /// <param name="row">The row.</param>
    /// <param name="workload">Name of the trace that the run replays; null if the row replays none.</param>
    /// <param name="machine">Class of this machine.</param>
    /// <param name="whyNot">Reason why the row has no stored result to compare with; null if it has one.</param>
    /// <returns>The stored result; null if this file has none for the row.</returns>
    public MetricResult? Find(ITheoryRow row, string? workload, MachineClass machine, out UnusableBaseline? whyNot)
    {
        var stored = _stored.GetValueOrDefault(row.KeyFor(workload)) ?? _stored.GetValueOrDefault(row.Key);
        var fault = _faults.GetValueOrDefault(row.KeyFor(workload)) ?? _faults.GetValueOrDefault(row.Key);
        whyNot = Document.Metadata.MachineClass is { } theirs && theirs != machine.Id
                ? Reason("is", "are", $"of another machine class ({theirs}; this one is {machine.Id}), "
                    + "and values are never compared across machines")
            : stored is null && fault is not null
                ? new(
                    $"the row of the baseline {Names} cannot be used: {fault}",
                    $"the rows of the baselines {Names} cannot be used: {fault}")
            : stored is null ? Reason("does", "do", "not have this row yet")
            : Counts?.Invoke(BaselineRecorder.ProvenanceOf(Document, stored)) == false
                ? Reason("was", "were", "measured with uncommitted changes or with a commit of another branch")
            : stored.Workload != workload
                ? Reason("replayed", "replayed", $"another trace ({stored.Workload ?? "unnamed"}; this run replays {workload ?? "none"})")
            : row is CountedRow && stored.CompilationTarget != CompilationTarget.Current ? OtherTarget(stored.CompilationTarget)
            : null;
        return whyNot is not null ? null
            : stored!.Anchor is { } anchor && Counts?.Invoke(anchor.Provenance) == false ? stored with { Anchor = null }
            : stored;
    }

    private static UnusableBaseline OtherTarget(CompilationTarget? target)
    {
        var reason = "with another runtime version or other processor features "
            + $"({target?.Runtime ?? "unknown"}; this run has {CompilationTarget.Current.Runtime})";
        return new($"the count of the baseline {Names} was made {reason}", $"the counts of the baselines {Names} were made {reason}");
    }

    private static UnusableBaseline Reason(string oneVerb, string severalVerb, string reason) =>
        new($"the baseline {Names} {oneVerb} {reason}", $"the baselines {Names} {severalVerb} {reason}");
}
