using PerfTests.Metrics;
using PerfTests.Planting;

namespace PerfTests.SelfTest;

/// <summary>What the trials of one row gave.</summary>
internal sealed class RowTally(MetricRow row)
{
    public MetricRow Row => row;

    /// <summary>The slowdown of a known size that a pair must show.</summary>
    public PlantedSlowdown Slowdown { get; } = PlantedSlowdown.Promised(row);

    /// <summary>The slowdown that is written into the sources where this row would see it, or null.</summary>
    public string? SourceSlowdown { get; } = PlantedSources.TextFor(row);

    /// <summary>Pairs of equal versions.</summary>
    public VerdictTally Equal { get; } = new();

    /// <summary>Pairs with a version slowed by a known amount.</summary>
    public VerdictTally Slowed { get; } = new();

    /// <summary>Pairs with a version that has a slowdown written into its sources.</summary>
    public VerdictTally SourceSlowed { get; } = new();

    /// <summary>The unchanged version against stored figures.</summary>
    public VerdictTally StoredUnchanged { get; } = new();

    /// <summary>A slowed version against stored figures.</summary>
    public VerdictTally StoredSlowed { get; } = new();

    /// <summary>All of the row's tallies.</summary>
    public IEnumerable<VerdictTally> All => [Equal, Slowed, SourceSlowed, StoredUnchanged, StoredSlowed];
}
