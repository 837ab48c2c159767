namespace PerfTests.Metrics.Counted;

/// <summary>
/// Fraction of an arena's capacity that requests have when the arena is full. The bound for blocks of one size is what Mooncake's
/// OffsetAllocator reports (0.88). Those for mixed sizes are lower: one request in eleven is for about a 32nd of the arena, and
/// the first that finds no room ends the filling, although smaller holes are left.
/// </summary>
public sealed class ArenaUtilisation()
    : CountedMetric("arena_utilisation", new MetricUnit("used_ratio", "of the capacity", Direction.Higher, IsCount: true)
    {
        OpenMetricsName = "ratio",
        BencherMeasure = "utilisation",
    })
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => ["of"];

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Of("uniform_sizes", "Capacity that requests of one size can have", SizeFilling.WorstUniform, 0.88),
        Of("mixed_sizes", "Capacity that requests of mixed sizes have when one finds no room", SizeFilling.WorstMixed, 0.85),
        Of("mixed_sizes_refilled", "The same after half was freed at random and the arena filled again", SizeFilling.WorstRefilled, 0.7),
        Of("trace_replay", "Capacity that blocks of a KV-cache trace have when one finds no room", TraceFilling.Utilisation, 0.75) with
        {
            ReadsTrace = true,
            Needs = TraceFilling.Needs,
        },
    ];

    private CountedRow Of(string name, string title, Func<(double Value, string Detail)> count, double bound) =>
        Row(Allocators.Arena, name, title, Counting.By(count), bound) with { Needs = SizeFilling.Needs };
}
