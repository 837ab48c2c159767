using PerfTests.Metrics.Scenarios;

namespace PerfTests.Metrics;

/// <summary>Ratios of rows that are measured side by side in one run, with bounds that hold on any machine.</summary>
public static class SpeedUps
{
    private const string Shm = Allocators.Shm;
    private const string Arena = Allocators.Arena;

    /// <summary>All speed-ups, in the order of the reports.</summary>
    public static IReadOnlyList<SpeedUp> All { get; } =
    [
        new(
            "allocation",
            "Allocating: arena against original",
            MetricGroup.Allocation,
            Row("allocation_total_time", Shm),
            Row("allocation_total_time", Arena),
            AtLeast: 200),

        // An engine that has run for long only reuses blocks. The goal is 1,000.
        new(
            "allocation_pair",
            "Allocating and freeing in an arena against shm_open, ftruncate and mmap of the original",
            MetricGroup.Allocation,
            Row("allocation_total_time", Shm),
            ArenaPair,
            AtLeast: 500),

        // The goal is 1.1 times the time of C. C# takes 1.03 to 1.07 times as long, with close, clean-up at exit and the entry for
        // lookups; the same four calls from C take 1.03. The bound of 1.25 holds on any machine, beside any other work.
        new(
            "segment_creation_against_c",
            "Creating a segment: C# against shm_open, ftruncate and mmap from C",
            MetricGroup.Allocation,
            CreationInC,
            Row("allocation_total_time", Shm),
            AtLeast: 1 / 1.25)
        {
            Prepare = () => CLibrary.Load(),
        },
        new(
            "lookup_1000_segments",
            "Finding an address among 1,000 segments: arithmetic against scan",
            MetricGroup.AddressTranslation,
            Row("lookup_linear_scan_time", Shm, 1_000),
            Row("lookup_arithmetic_time", Arena, 1_000),
            AtLeast: 100),

        // 10,000 blocks may take at most 1.5 times as long as one block.
        new(
            "lookup_flatness",
            "Finding an address by arithmetic: 1 block against 10,000",
            MetricGroup.AddressTranslation,
            Row("lookup_arithmetic_time", Arena, 1),
            Row("lookup_arithmetic_time", Arena, 10_000),
            AtLeast: 1 / 1.5),

        // The goal is 1.3 times the time of a load and an add. The lookup takes half of it, because its load does not wait for the
        // result of the lookup before.
        new(
            "lookup_against_floor",
            "Finding an address in an arena: against a load and an add",
            MetricGroup.AddressTranslation,
            ArenaTableLookups.Floor(nameof(TranslationFloorScenario.LoadAndAdd), 1),
            Row("lookup_arithmetic_time", Arena, 1),
            AtLeast: 1 / 1.3),
        .. ArenaTableLookups.ArenaCounts.Select(ArenaTableLookups.AgainstFloor),
        ArenaTableLookups.AtOnceAgainstFloor,
        ArenaTableLookups.Flatness,
        new(
            "transfer_1mb",
            "Copying 1 MiB: arena against original",
            MetricGroup.Transfer,
            Row("transfer_1mb_bandwidth", Shm),
            Row("transfer_1mb_bandwidth", Arena),
            AtLeast: 0.8),
        .. Catalogue.TransferKibibytes.Select(AgainstMemcpy),
        new(
            "kv_trace_replay",
            "Replaying a KV-cache trace: arena against original",
            MetricGroup.TraceReplay,
            Row("kv_trace_replay_throughput", Shm),
            Row("kv_trace_replay_throughput", Arena),
            AtLeast: 20),
    ];

    private static MetricRow ArenaPair =>
        Hidden<ArenaCycleScenario>("arena_pair", Arena, nameof(ArenaCycleScenario.AllocateAndFree), MetricKind.Computing) with
        {
            NeedsOfCopy = ScenarioNeeds.SparseArena(ArenaCycleScenario.CapacityBytes),
        };

    private static MetricRow CreationInC =>
        Hidden<CreationInCScenario>("segment_creation_in_c", Shm, nameof(CreationInCScenario.Create), MetricKind.SystemCall) with
        {
            NeedsOfSample = SegmentPartScenario.NeedsOfSample,
        };

    /// <summary>Makes a row that is measured as a side of a speed-up only, and is not in the catalogue.</summary>
    private static MetricRow Hidden<TScenario>(string id, string allocator, string benchmark, MetricKind kind) =>
        new Metric(id, id, MetricGroup.Allocation, MetricUnit.Nanoseconds, kind).Row<TScenario>(allocator, benchmark).Rows[0];

    /// <summary>
    /// Returns the speed-up of our copy against memcpy. The aim is 1; the bound leaves room for noise and for the addresses of pages.
    /// </summary>
    private static SpeedUp AgainstMemcpy(int kibibytes)
    {
        var ours = Row("transfer_bandwidth", Shm, kibibytes);
        var memcpy = Hidden<SizedTransferScenario>("memcpy_bandwidth", Shm, nameof(SizedTransferScenario.Memcpy), ours.Kind) with
        {
            Parameters = ours.Parameters,
            BytesPerOperation = ours.BytesPerOperation,
            Copies = ours.Copies,
            NeedsOfCopy = ours.NeedsOfCopy,
        };
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
