namespace PerfTests.Metrics;

/// <summary>What is counted and not timed, and so holds on any machine.</summary>
public static class ExactCounts
{
    private static readonly MetricRow s_arenaAllocation = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_arenaCycle = Catalogue.Row("allocation_throughput", Allocators.Arena);
    private static readonly MetricRow s_arenaLookup = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, Catalogue.UsualSegmentCount);
    private static readonly MetricRow s_arenaTransfer = Catalogue.Row("transfer_1mb_bandwidth", Allocators.Arena);

    /// <summary>What must not allocate on the managed heap at all.</summary>
    public static IReadOnlyList<ExactCounter> ManagedBytes { get; } =
    [
        new("allocate", s_arenaAllocation),
        new("allocate_and_free", s_arenaCycle),
        new("lookup", s_arenaLookup),
        new("transfer", s_arenaTransfer),
    ];

    /// <summary>What may call the kernel, and for what; everything else may not.</summary>
    public static IReadOnlyList<SystemCallCount> SystemCalls { get; } =
    [
        // A name, a length and a place in the address space take a call each; the descriptor would count against the limit.
        new("allocate", Catalogue.Row("allocation_total_time", Allocators.Shm), "openat", "ftruncate", "mmap", "close"),

        // The mapping and the name are two things.
        new("free", Catalogue.Row("segment_free_time", Allocators.Shm), "munmap", "unlink"),

        // What another process made is checked before it is mapped: kind, length and owner, and who this process is now.
        new("attach", Catalogue.Row("segment_attach_time", Allocators.Shm), "openat", "fstat", "geteuid", "mmap", "close"),
        new("lookup", Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, Catalogue.UsualSegmentCount)),
        new("transfer", Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm)),
        new("allocate", s_arenaAllocation),
        new("allocate_and_free", s_arenaCycle),
        new("lookup", s_arenaLookup),
        new("transfer", s_arenaTransfer),
    ];
}
