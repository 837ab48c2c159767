using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>One file of a set of baselines.</summary>
/// <param name="Name">Name that messages use for the file.</param>
/// <param name="Document">Content of the file.</param>
/// <param name="IsCommitted">True if the file is committed, or the user named it.</param>
/// <param name="IsLocal">True if the machine recorded the file for itself. Files that were accepted come first.</param>
internal sealed record BaselineFile(string Name, ResultsDocument Document, bool IsCommitted, bool IsLocal)
{
    private readonly Dictionary<string, MetricResult> _stored =
        Document.Metrics.ToDictionary(pair => CatalogueKeys.Common(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _faults =
        Document.UnusableRows.ToDictionary(pair => CatalogueKeys.Common(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Finds the stored result that a row is compared with.</summary>
    /// <param name="row">The row.</param>
    /// <param name="workload">Name of the trace that the run replays; null if the row replays none.</param>
    /// <param name="machine">Class of this machine.</param>
    /// <param name="whyNot">Reason why the row has no stored result to compare with, or an empty string.</param>
    /// <returns>The stored result; null if this file has none for the row.</returns>
    public MetricResult? Find(ITheoryRow row, string? workload, MachineClass machine, out string whyNot)
    {
        var stored = _stored.GetValueOrDefault(row.KeyFor(workload)) ?? _stored.GetValueOrDefault(row.Key);
        var fault = _faults.GetValueOrDefault(row.KeyFor(workload)) ?? _faults.GetValueOrDefault(row.Key);
        whyNot = Document.Metadata.MachineClass is { } theirs && theirs != machine.Id
                ? $"the baseline {Name} is of another machine class ({theirs}; this one is {machine.Id}), "
                    + "and values are never compared across machines"
            : stored is null && fault is not null ? $"the row of the baseline {Name} cannot be used: {fault}"
            : stored is null ? $"the baseline {Name} does not have this row yet"
            : stored.Workload != workload
                ? $"the baseline {Name} replayed another trace ({stored.Workload ?? "unnamed"}; this run replays {workload ?? "none"})"
            : row is CountedRow && stored.CompilationTarget != CompilationTarget.Current
                ? $"the count of the baseline {Name} was made with another runtime version or other processor features "
                    + $"({stored.CompilationTarget?.Runtime ?? "unknown"}; this run has {CompilationTarget.Current.Runtime})"
            : string.Empty;
        return whyNot.Length == 0 ? stored : null;
    }
}
