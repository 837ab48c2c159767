using PerfTests.Metrics;
using PerfTests.Planting;

namespace PerfTests.SelfTest;

/// <summary>Results of the trials of one row.</summary>
internal sealed class RowTally(MetricRow row)
{
    public MetricRow Row => row;

    /// <summary>Slowdown of known size that pairing must detect.</summary>
    public PlantedSlowdown Slowdown { get; } = PlantedSlowdown.Promised(row);

    /// <summary>Description of the slowdown in the sources that this row must detect, or null.</summary>
    public string? SourceSlowdown { get; } = PlantedSources.TextFor(row);

    /// <summary>Pairs of equal versions.</summary>
    public VerdictTally Equal { get; } = new();

    /// <summary>Pairs with a benchmark that is slowed by a known amount.</summary>
    public VerdictTally Slowed { get; } = new();

    /// <summary>Pairs with a version that has a slowdown in its sources.</summary>
    public VerdictTally SourceSlowed { get; } = new();

    /// <summary>Comparisons of the unchanged version with stored values.</summary>
    public VerdictTally StoredUnchanged { get; } = new();

    /// <summary>Comparisons of a slowed version with stored values.</summary>
    public VerdictTally StoredSlowed { get; } = new();

    /// <summary>Gets all tallies of the row.</summary>
    public IEnumerable<VerdictTally> All => [Equal, Slowed, SourceSlowed, StoredUnchanged, StoredSlowed];
}
