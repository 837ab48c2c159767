namespace PerfTests.Metrics.Counted;

/// <summary>
/// Fraction of free memory that is unusable for large requests after half of the blocks were freed. The fraction would be 0 if all
/// free memory were one piece. See <see cref="FilledArena.UnusableBy"/>.
/// </summary>
public sealed class ArenaFragmentation()
    : CountedMetric("arena_fragmentation", new MetricUnit("unusable_ratio", "of free memory", Direction.Lower, IsCount: true)
    {
        IsFraction = true,
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
            "Free memory too fragmented for a large request, after a random half of blocks of mixed sizes was freed",
            Counting.By(SizeFilling.WorstFragmentation),
            bound: 0.65) with { Needs = SizeFilling.Needs },
        Row(
            Allocators.Arena,
            "trace_replay",
            "Free memory too fragmented for a large request, after the older half of a KV-cache trace's blocks was freed",
            Counting.By(TraceFilling.Fragmentation),
            bound: 0.5) with { ReadsTrace = true, Needs = TraceFilling.Needs },
    ];
}
