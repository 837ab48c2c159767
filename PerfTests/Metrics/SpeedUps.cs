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
            "Allocating one block: speed of the arena relative to the original",
            MetricGroup.Allocation,
            Row("allocation_total_time", Shm),
            Row("allocation_total_time", Arena),
            AtLeast: 200)
        {
            Headline = "Allocating a block of 1 MiB",
        },

        // A long-running engine only reuses blocks, so it does nothing but allocate and free them. The goal is a speed-up of
        // 1,000.
        new(
            "allocation_pair",
            "Allocating and freeing in the arena: speed relative to only allocating in the original",
            MetricGroup.Allocation,
            Row("allocation_total_time", Shm),
            ArenaPair,
            AtLeast: 500)
        {
            Headline = "Allocating and freeing a block (original: only allocating)",
        },

        // Both sides make the same four system calls. C# also generates the name, prepares the clean-up at exit and enters the
        // segment for lookups. The goal is at most 1.05 times the time of C.
        new(
            "segment_creation_against_c",
            "Creating a segment: speed of C# relative to shm_open, ftruncate, mmap and close called from C",
            MetricGroup.Allocation,
            CreationInC,
            Row("allocation_total_time", Shm),
            AtLeast: 1 / 1.25)
        {
            Prepare = () => CLibrary.Load(),
        },
        new(
            "lookup_1000_segments",
            "Finding an address among 1,000 segments: speed of arithmetic relative to a scan",
            MetricGroup.AddressTranslation,
            Row("lookup_linear_scan_time", Shm, 1_000),
            Row("lookup_arithmetic_time", Arena, 1_000),
            AtLeast: 100)
        {
            Headline = "Finding an address among 1,000 segments",
        },

        // A lookup among 10,000 blocks may take at most 1.5 times as long as a lookup in one block.
        new(
            "lookup_flatness",
            "Finding an address by arithmetic: speed among 10,000 blocks relative to one block",
            MetricGroup.AddressTranslation,
            Row("lookup_arithmetic_time", Arena, 1),
            Row("lookup_arithmetic_time", Arena, 10_000),
            AtLeast: 1 / 1.5),

        // The goal is at most 1.3 times the time of one load and one addition. The lookup takes half of that time, because its
        // load does not wait for the previous result.
        new(
            "lookup_against_floor",
            "Finding an address in an arena: speed relative to one load and one addition",
            MetricGroup.AddressTranslation,
            ArenaTableLookups.Floor(nameof(TranslationFloorScenario.LoadAndAdd), 1),
            Row("lookup_arithmetic_time", Arena, 1),
            AtLeast: 1 / 1.3),
        .. ArenaTableLookups.ArenaCounts.Select(ArenaTableLookups.AgainstFloor),
        ArenaTableLookups.AtOnceAgainstFloor,
        ArenaTableLookups.Flatness,
        .. PrefaultSpeedUps.All,
        new(
            "transfer_1mb",
            "Copying 1 MiB: speed of the arena relative to the original",
            MetricGroup.Transfer,
            Row("transfer_1mb_bandwidth", Shm),
            Row("transfer_1mb_bandwidth", Arena),
            AtLeast: 0.8)
        {
            Headline = "Copying 1 MiB",
        },
        .. Catalogue.TransferKibibytes.Select(AgainstMemcpy),
        new(
            "kv_trace_replay",
            "Replaying a KV-cache trace: speed of the arena relative to the original",
            MetricGroup.TraceReplay,
            Row("kv_trace_replay_throughput", Shm),
            Row("kv_trace_replay_throughput", Arena),
            AtLeast: 20)
        {
            Headline = "Replaying a KV-cache trace",
        },
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

    /// <summary>Makes a row that is measured only as a side of a speed-up, and is not in the catalogue.</summary>
    internal static MetricRow Hidden<TScenario>(string id, string allocator, string benchmark, MetricKind kind) =>
        new Metric(id, id, MetricGroup.Allocation, MetricUnit.Nanoseconds, kind).Row<TScenario>(allocator, benchmark).Rows[0];

    /// <summary>
    /// Returns the speed-up of the library's copying over memcpy. Each side has buffers and blocks of its own, whose addresses change
    /// the time of a short copy by several percent, so the row allows noise.
    /// </summary>
    private static SpeedUp AgainstMemcpy(int kibibytes) => new(
        FormattableString.Invariant($"transfer_{kibibytes}kib_against_memcpy"),
        FormattableString.Invariant($"Copying {kibibytes:N0} KiB: speed relative to memcpy of the C library"),
        MetricGroup.Transfer,
        Copying("memcpy_bandwidth", nameof(SizedTransferScenario.Memcpy), kibibytes),
        Copying("copy_bandwidth", nameof(SizedTransferScenario.Copy), kibibytes),
        AtLeast: 1)
    {
        AllowsNoise = true,
    };

    private static MetricRow Copying(string id, string benchmark, int kibibytes)
    {
        var usual = Row("transfer_bandwidth", Shm, kibibytes);
        return Hidden<SizedTransferScenario>(id, Shm, benchmark, usual.Kind) with
        {
            Parameters = usual.Parameters,
            BytesPerOperation = usual.BytesPerOperation,
            Copies = usual.Copies,
            NeedsOfCopy = usual.NeedsOfCopy,
        };
    }

    private static MetricRow Row(string metricId, params object[] arguments) => Catalogue.Row(metricId, arguments);
}
