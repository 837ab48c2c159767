namespace PerfTests.Metrics.Counted;

/// <summary>
/// Requested bytes divided by the arena's capacity when the arena is full. The bound for blocks of one size is 0.88, which Mooncake
/// reports for its OffsetAllocator. The bounds for mixed sizes are lower: one request in eleven is for about a 32nd of the arena,
/// and the first request that finds no room ends the filling, although smaller holes are left.
/// </summary>
public sealed class ArenaUtilisation()
    : CountedMetric("arena_utilisation", new MetricUnit("used_ratio", "of the capacity", Direction.Higher, IsCount: true)
    {
        IsFraction = true,
        OpenMetricsName = "ratio",
        BencherMeasure = "utilisation",
    })
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => ["of"];

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Of("uniform_sizes", "Capacity in use when the arena is full of blocks of one size", SizeFilling.WorstUniform, 0.88),
        Of("mixed_sizes", "Capacity in use when the arena is full of blocks of mixed sizes", SizeFilling.WorstMixed, 0.85),
        Of(
            "mixed_sizes_refilled",
            "Capacity in use when the arena is refilled after a random half of blocks of mixed sizes was freed",
            SizeFilling.WorstRefilled,
            0.7),
        Of("trace_replay", "Lowest capacity in use when a block of a KV-cache trace finds no room", TraceFilling.Utilisation, 0.75) with
        {
            ReadsTrace = true,
            Needs = TraceFilling.Needs,
        },
    ];

    private CountedRow Of(string name, string title, Func<(double Value, string Detail)> count, double bound) =>
        Row(Allocators.Arena, name, title, Counting.By(count), bound) with { Needs = SizeFilling.Needs };
}
