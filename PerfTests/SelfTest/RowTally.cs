using PerfTests.Metrics;
using PerfTests.Planting;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>Results of the trials of one row.</summary>
/// <param name="row">Row that is measured.</param>
/// <param name="tolerance">Tolerance of the row in a paired comparison.</param>
/// <param name="isWaiting">True if the slowed benchmark waits instead of computing, where it can.</param>
internal sealed class RowTally(MetricRow row, Tolerance tolerance, bool isWaiting = false)
{
    public MetricRow Row => row;

    /// <summary>Slowdown of known size that a paired comparison must detect.</summary>
    public PlantedSlowdown Slowdown { get; } =
        (isWaiting ? PlantedSlowdown.Waiting(row, tolerance) : null) ?? PlantedSlowdown.Promised(row, tolerance);

    /// <summary>Description of the planted slowdown in the libraries' sources that affects this row; null if none does.</summary>
    public string? SourceSlowdown { get; } = PlantedSources.TextFor(row);

    /// <summary>Verdicts on pairs of equal versions.</summary>
    public VerdictTally Equal { get; } = new();

    /// <summary>Verdicts on pairs in which the candidate's benchmark is slowed by a known amount.</summary>
    public VerdictTally Slowed { get; } = new();

    /// <summary>Verdicts on pairs in which the candidate has a slowdown in its sources.</summary>
    public VerdictTally SourceSlowed { get; } = new();

    /// <summary>Verdicts that compare the unchanged version with stored values.</summary>
    public VerdictTally StoredUnchanged { get; } = new();

    /// <summary>Verdicts that compare a slowed benchmark with stored values.</summary>
    public VerdictTally StoredSlowed { get; } = new();

    /// <summary>Reason why a trial of the row has no verdict; null if all trials have one.</summary>
    public UnmeasuredRow? Unmeasured { get; set; }

    /// <summary>Gets all tallies of the row.</summary>
    public IEnumerable<VerdictTally> All => [Equal, Slowed, SourceSlowed, StoredUnchanged, StoredSlowed];
}
