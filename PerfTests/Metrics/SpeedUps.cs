using PerfTests.Metrics.Scenarios;

namespace PerfTests.Metrics;

/// <summary>What holds between rows measured side by side in one run, on any machine.</summary>
public static class SpeedUps
{
    private const string Shm = Allocators.Shm;
    private const string Arena = Allocators.Arena;

    /// <summary>All of them, in the order of the reports.</summary>
    public static IReadOnlyList<SpeedUp> All { get; } =
    [
        new("allocation", "Allocating: arena against original", MetricGroup.Allocation, Row("allocation_total_time", Shm), Row("allocation_total_time", Arena), AtLeast: 200),

        // What an engine that runs for long does: each block has been another's before. The goal is 1,000.
        new("allocation_pair", "Allocating and freeing in an arena against shm_open, ftruncate and mmap of the original", MetricGroup.Allocation, Row("allocation_total_time", Shm), ArenaPair, AtLeast: 500),

        // The goal is 1.1 times the time; with close, bookkeeping for a process that ends, and the lookup's entry it takes
        // 1.03 to 1.07 times, where the same four calls from C take 1.03. What must hold on any machine, beside any work, is 1.25.
        new("segment_creation_against_c", "Creating a segment: C# against shm_open, ftruncate and mmap from C", MetricGroup.Allocation, CreationInC, Row("allocation_total_time", Shm), AtLeast: 1 / 1.25) { Prepare = () => CLibrary.Load() },
        new("lookup_1000_segments", "Finding an address among 1,000 segments: arithmetic against scan", MetricGroup.AddressTranslation, Row("lookup_linear_scan_time", Shm, 1_000), Row("lookup_arithmetic_time", Arena, 1_000), AtLeast: 100),

        // At most 1.5 times the time of one block, said as a speed-up.
        new("lookup_flatness", "Finding an address by arithmetic: 1 block against 10,000", MetricGroup.AddressTranslation, Row("lookup_arithmetic_time", Arena, 1), Row("lookup_arithmetic_time", Arena, 10_000), AtLeast: 1 / 1.5),

        // The floor is a load that waits for the answer before, and the lookup's load does not: it takes half as long. The
        // goal is 1.3 times.
        new("lookup_against_floor", "Finding an address in an arena: against a load and an add", MetricGroup.AddressTranslation, DirectoryLookups.Floor(nameof(TranslationFloorScenario.LoadAndAdd), 1), Row("lookup_arithmetic_time", Arena, 1), AtLeast: 1 / 1.3),
        .. DirectoryLookups.ArenaCounts.Select(DirectoryLookups.AgainstFloor),
        DirectoryLookups.AtOnceAgainstFloor,
        DirectoryLookups.Flatness,
        new("transfer_1mb", "Copying 1 MiB: arena against original", MetricGroup.Transfer, Row("transfer_1mb_bandwidth", Shm), Row("transfer_1mb_bandwidth", Arena), AtLeast: 0.8),
        .. Catalogue.TransferKibibytes.Select(AgainstMemcpy),
        new("kv_trace_replay", "Replaying a KV-cache trace: arena against original", MetricGroup.TraceReplay, Row("kv_trace_replay_throughput", Shm), Row("kv_trace_replay_throughput", Arena), AtLeast: 20),
    ];

    private static MetricRow ArenaPair =>
        new Metric("arena_pair", "Allocating and freeing 1 MiB in an arena", MetricGroup.Allocation, MetricUnit.Nanoseconds, MetricKind.Computing)
            .Row<ArenaCycleScenario>(Arena, nameof(ArenaCycleScenario.AllocateAndFree),
                needs: ScenarioNeeds.SparseArena(ArenaCycleScenario.CapacityBytes)).Rows[0];

    private static MetricRow CreationInC =>
        new Metric("segment_creation_in_c", "shm_open, ftruncate and mmap from C", MetricGroup.Allocation, MetricUnit.Nanoseconds, MetricKind.SystemCall)
            .Row<CreationInCScenario>(Shm, nameof(CreationInCScenario.Create),
                sampleNeeds: ScenarioNeeds.UntouchedSegments(SegmentPartScenario.SegmentsPerSample) with { OpenFiles = SegmentPartScenario.SegmentsPerSample }).Rows[0];

    /// <summary>No slower than memcpy is the aim; the bound is what noise and the draw of the buffers' pages leave of it.</summary>
    private static SpeedUp AgainstMemcpy(int kibibytes)
    {
        var ours = Row("transfer_bandwidth", Shm, kibibytes);
        var memcpy = new Metric("memcpy_bandwidth", "Copying into shared memory by the C library's memcpy", MetricGroup.Transfer, MetricUnit.GigabytesPerSecond, ours.Kind)
            .Row<SizedTransferScenario>(Shm, nameof(SizedTransferScenario.Memcpy), parameters: [.. ours.Parameters], bytesPerOperation: ours.BytesPerOperation, copies: ours.Copies,
                needs: ours.NeedsOfCopy).Rows[0];
        return new SpeedUp(
            FormattableString.Invariant($"transfer_{kibibytes}kib_against_memcpy"),
            FormattableString.Invariant($"Copying {kibibytes:N0} KiB: against the C library's memcpy"),
            MetricGroup.Transfer,
            memcpy,
            ours,
            AtLeast: 0.8);
    }

    private static MetricRow Row(string metricId, params object[] arguments) => Catalogue.Row(metricId, arguments);
}
