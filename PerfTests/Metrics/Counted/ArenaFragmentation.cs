namespace PerfTests.Metrics.Counted;

/// <summary>
/// Fraction of free memory that is unusable for large requests after half of the blocks were freed: 0 if all free memory were one
/// piece. See <see cref="FilledArena.UnusableBy"/>.
/// </summary>
public sealed class ArenaFragmentation()
    : CountedMetric("arena_fragmentation", new MetricUnit("unusable_ratio", "of free memory", Direction.Lower, IsCount: true)
    {
        OpenMetricsName = "ratio",
        BencherMeasure = "fragmentation",
    })
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => ["of"];

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Row(
            Allocators.Arena,
            "mixed_sizes_half_freed",
            "Free memory that serves no large request, with half of mixed sizes freed at random",
            Counting.By(SizeFilling.WorstFragmentation),
            bound: 0.65) with { Needs = SizeFilling.Needs },
        Row(
            Allocators.Arena,
            "trace_replay",
            "Free memory that serves no large request, with the older half of a KV-cache trace's blocks freed",
            Counting.By(TraceFilling.Fragmentation),
            bound: 0.5) with { ReadsTrace = true, Needs = TraceFilling.Needs },
    ];
}
