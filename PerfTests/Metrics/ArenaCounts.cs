using PerfTests.Metrics.Exact;

namespace PerfTests.Metrics;

/// <summary>What is counted of the arena alone, and how bad it may be.</summary>
public static class ArenaCounts
{
    /// <summary>
    /// How much of the capacity live requests have when the arena is full. Of one size at least what Mooncake's OffsetAllocator
    /// reports (0.88). Of mixed sizes one in eleven is of about a 32nd of the arena, and the first that finds no room ends
    /// the filling: what is left may be all in smaller holes, more so after half was freed at random.
    /// </summary>
    public static IReadOnlyList<ArenaCount> Utilisation { get; } =
    [
        new(ArenaCount.Utilisation, "uniform_sizes", "Capacity that requests of one size can have", MetricUnit.UsedRatio, 0.88, ArenaUtilisation.WorstUniform) { Needs = ArenaUtilisation.Needs },
        new(ArenaCount.Utilisation, "mixed_sizes", "Capacity that requests of mixed sizes have when one finds no room", MetricUnit.UsedRatio, 0.85, ArenaUtilisation.WorstMixed) { Needs = ArenaUtilisation.Needs },
        new(ArenaCount.Utilisation, "mixed_sizes_refilled", "The same after half was freed at random and the arena filled again", MetricUnit.UsedRatio, 0.7, ArenaUtilisation.WorstRefilled) { Needs = ArenaUtilisation.Needs },
        new(ArenaCount.Utilisation, "trace_replay", "Capacity that blocks of a KV-cache trace have when one finds no room", MetricUnit.UsedRatio, 0.75, ArenaUtilisation.OfTrace, ReadsTrace: true) { Needs = TraceFilling.Needs },
    ];

    /// <summary>How much of the free memory cannot serve large requests, after half of the blocks were freed: 0 if it were one piece.</summary>
    public static IReadOnlyList<ArenaCount> Fragmentation { get; } =
    [
        new(ArenaCount.Fragmentation, "mixed_sizes_half_freed", "Free memory that serves no large request, with half of mixed sizes freed at random", MetricUnit.UnusableRatio, 0.65, ArenaUtilisation.WorstFragmentation) { Needs = ArenaUtilisation.Needs },
        new(ArenaCount.Fragmentation, "trace_replay", "Free memory that serves no large request, with the older half of a KV-cache trace's blocks freed", MetricUnit.UnusableRatio, 0.5, ArenaUtilisation.FragmentationOfTrace, ReadsTrace: true) { Needs = TraceFilling.Needs },
    ];

    /// <summary>Faults of a thread that allocates and frees after prefaulting, and writes to each block: none.</summary>
    public static IReadOnlyList<ArenaCount> PageFaults { get; } =
    [
        new(ArenaCount.PageFaults, "allocate_and_free", "Page faults per operation: allocate and free 64 B to 2 MiB, after prefaulting", MetricUnit.PageFaults, 0, ArenaPageFaults.OfSlabs) { Needs = ArenaPageFaults.Needs },
        new(ArenaCount.PageFaults, "allocate_and_free_large", "Page faults per operation: allocate and free 3 MB, after prefaulting", MetricUnit.PageFaults, 0, ArenaPageFaults.OfLarge) { Needs = ArenaPageFaults.Needs },
    ];

    /// <summary>All of them, in the order of the reports.</summary>
    public static IEnumerable<ArenaCount> All => [.. Utilisation, .. Fragmentation, .. PageFaults];
}
