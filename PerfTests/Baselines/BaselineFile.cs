using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>One file of a set of baselines.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Document">Its content.</param>
/// <param name="IsLocal">True if the machine recorded it for itself.</param>
internal sealed record BaselineFile(string Name, ResultsDocument Document, bool IsLocal)
{
    private readonly Dictionary<string, MetricResult> _figures =
        Document.Metrics.ToDictionary(pair => RowKeys.Common(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _faults =
        Document.UnusableRows.ToDictionary(pair => RowKeys.Common(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Finds the figure that a row is compared with; null, and the reason, where it cannot be.</summary>
    public MetricResult? Find(MetricRow row, string? workload, MachineClass machine, out string whyNot)
    {
        var figure = _figures.GetValueOrDefault(row.KeyFor(workload)) ?? _figures.GetValueOrDefault(row.Key);
        var fault = _faults.GetValueOrDefault(row.KeyFor(workload)) ?? _faults.GetValueOrDefault(row.Key);
        whyNot = Document.Metadata.MachineClass is { } theirs && theirs != machine.Id
                ? $"the baseline {Name} is of another machine class ({theirs}; this one is {machine.Id}), "
                    + "and figures are never compared across machines"
            : figure is null && fault is not null ? $"the row of the baseline {Name} cannot be used: {fault}"
            : figure is null ? $"the baseline {Name} does not have this row yet"
            : figure.Workload != workload
                ? $"the baseline {Name} replayed another trace ({figure.Workload ?? "unnamed"}; this run replays {workload ?? "none"})"
            : string.Empty;
        return whyNot.Length == 0 ? figure : null;
    }
}
