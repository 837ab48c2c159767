using PerfTests.Machine;
using PerfTests.Metrics.Counted;
using PerfTests.Metrics.Scenarios;
using PerfTests.Metrics.Scenarios.CrossProcess;
using Shm.Core;

namespace PerfTests.Metrics;

/// <summary>
/// Catalogue of all metrics. This class declares the timed metrics, and each counted metric is declared by its own class. Each
/// metric has a theory of the same name.
/// </summary>
public static class Catalogue
{
    private const string Shm = Allocators.Shm;
    private const string Arena = Allocators.Arena;

    /// <summary>Numbers of segments at which lookups are measured, for the O(n) and the O(1) curve.</summary>
    public static IReadOnlyList<int> SegmentCounts { get; } = [1, 10, 100, 1_000, 10_000];

    /// <summary>Sizes at which copying is measured, in KiB: from a page to twice a large cache.</summary>
    public static IReadOnlyList<int> TransferKibibytes { get; } = [4, 64, 1_024, 8_192, 65_536];

    /// <summary>Number of layout copies of rows that copy short buffers.</summary>
    private const int ShortTransferCopies = 6;

    /// <summary>Number of segments of the row that results files name by the lookup metric alone, without parameters.</summary>
    public const int DefaultSegmentCount = 100;

    /// <summary>All metrics, in the order of the reports.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } =
    [
        Timed("allocation_total_time", "Allocating one block of 1 MiB", MetricGroup.Allocation, MetricUnit.Nanoseconds)
            .RowPerAllocator(scenarios => scenarios.Allocation, nameof(ShmAllocationScenario.Allocate)),

        Timed(
            "allocation_throughput",
            "Cycles per second of allocating and freeing one block of 1 MiB",
            MetricGroup.Allocation,
            MetricUnit.AllocationsPerSecond)
            .RowPerAllocator(scenarios => scenarios.Cycle, nameof(ShmCycleScenario.AllocateAndFree)),

        Timed(
            "allocation_failure_time",
            "An allocation of 4 KiB that finds no room in a full arena of 64 MiB",
            MetricGroup.Allocation,
            MetricUnit.Nanoseconds)
            .Row<FullArenaScenario>(
                Arena,
                nameof(FullArenaScenario.TryAllocate),
                isUnqualified: true,
                needs: ScenarioNeeds.SparseArena(FullArenaScenario.CapacityBytes, FullArenaScenario.DescriptionBytes)),

        PartMetric<SegmentOpenScenario>(
            "segment_open_time", "Creating a segment of length 0 (openat)", nameof(SegmentOpenScenario.Open)),
        PartMetric<SegmentTruncateScenario>(
            "segment_truncate_time", "Setting the length of a new segment to 1 MiB (ftruncate)", nameof(SegmentTruncateScenario.Truncate)),
        PartMetric<SegmentMapScenario>("segment_map_time", "Mapping a segment of 1 MiB (mmap)", nameof(SegmentMapScenario.Map)),
        PartMetric<SegmentUnmapScenario>(
            "segment_unmap_time", "Unmapping a segment of 1 MiB that was never touched (munmap)", nameof(SegmentUnmapScenario.Unmap)),
        PartMetric<SegmentUnlinkScenario>(
            "segment_unlink_time", "Removing the name of a segment (unlinkat)", nameof(SegmentUnlinkScenario.Unlink)),

        PartMetric<SegmentFreeScenario>("segment_free_time", "Freeing a segment of 1 MiB", nameof(SegmentFreeScenario.Free)),
        PartMetric<SegmentAttachScenario>(
            "segment_attach_time", "Opening and mapping another process's segment of 1 MiB", nameof(SegmentAttachScenario.Attach)),
        FirstTouch(),

        LookupMetric<LinearScanScenario>(
            "lookup_linear_scan_time", "Finding an address by scanning the segments", Shm, ScenarioNeeds.UntouchedSegments),
        LookupMetric<ArithmeticLookupScenario>(
            "lookup_arithmetic_time",
            "Finding an address by arithmetic",
            Arena,
            _ => ScenarioNeeds.SparseArena(ArithmeticLookupScenario.CapacityBytes)),

        Timed("transfer_1mb_bandwidth", "Copying 1 MiB into shared memory", MetricGroup.Transfer, MetricUnit.GigabytesPerSecond)
            .RowPerAllocator(scenarios => scenarios.Transfer, nameof(TransferScenario.Write), BlockSize.OneMebibyte),

        SizedTransfer("transfer_bandwidth", "Copying into shared memory", nameof(SizedTransferScenario.Write)),

        Timed(
            "cross_process_transfer_bandwidth",
            "Handing 1 MiB to another process: one process copies it in, the other copies it out",
            MetricGroup.Transfer,
            MetricUnit.GigabytesPerSecond)

            // Two processes need two free cores; without them the value drops to a fraction although the code is the same.
            .Row<CrossProcessTransferScenario>(
                Shm,
                nameof(CrossProcessTransferScenario.Transfer),
                kind: MetricKind.Concurrent,
                bytesPerOperation: BlockSize.OneMebibyte,
                copies: 2,
                maxPairedCopies: 2,
                isUnqualified: true,
                needs: CrossProcessTransferScenario.Needs),

        Timed(
            "kv_trace_replay_throughput",
            "Block references served per second while a KV-cache trace is replayed",
            MetricGroup.TraceReplay,
            MetricUnit.BlocksPerSecond)
            .RowPerAllocator(scenarios => scenarios.TraceReplay, nameof(TraceReplayScenario.Replay), readsTrace: true),
        .. LifecycleMetrics.All,
        .. BlockMetrics.All,
    ];

    /// <summary>Keys of all rows in results files, in the order of the reports.</summary>
    public static IEnumerable<string> Keys =>
        TheoryRows().Select(row => row.Key);

    /// <summary>True if the catalogue has a row with this key. The name of a trace in the key is ignored.</summary>
    public static bool Has(string key) => IndexOf(key) >= 0;

    /// <summary>Returns the index of a key in the order of the reports; negative if the catalogue has no such row.</summary>
    public static int IndexOf(string key) => Array.IndexOf([.. Keys], MetricRow.WithoutTrace(key));

    /// <summary>Rows of all timed metrics.</summary>
    public static IEnumerable<MetricRow> Rows => Metrics.SelectMany(metric => metric.Rows);

    /// <summary>Returns the rows of all theories.</summary>
    public static IEnumerable<ITheoryRow> TheoryRows() => [.. Rows, .. AnyMachineRows];

    /// <summary>Rows that need no baseline: speed-ups and counted rows.</summary>
    public static IEnumerable<ITheoryRow> AnyMachineRows => [.. SpeedUps.All, .. CountedMetrics.All.SelectMany(metric => metric.Rows)];

    /// <summary>Names of all theories.</summary>
    public static IEnumerable<string> Theories =>
        [.. Metrics.Select(metric => metric.Id), SpeedUp.TheoryName, .. CountedMetrics.All.Select(metric => metric.Id)];

    /// <summary>Returns the rows of the theory of this name.</summary>
    /// <exception cref="ArgumentException">There is no theory of this name.</exception>
    public static IEnumerable<ITheoryRow> TheoryRows(string theory) =>
        theory == SpeedUp.TheoryName ? SpeedUps.All
        : CountedMetrics.All.FirstOrDefault(metric => metric.Id == theory)?.Rows ?? (IEnumerable<ITheoryRow>)Metric(theory).Rows;

    /// <summary>Finds the theory with this name, and returns its row with these arguments.</summary>
    /// <exception cref="ArgumentException">No theory has this name, or the theory has no row with these arguments.</exception>
    public static ITheoryRow TheoryRow(string theory, params IReadOnlyList<object> arguments) =>
        TheoryRows(theory).FirstOrDefault(row => row.Arguments.Select(argument => argument.Value).SequenceEqual(arguments))
        ?? throw new ArgumentException($"The theory {theory} has no row ({string.Join(", ", arguments)}).", nameof(arguments));

    /// <summary>Returns the timed metric of this name.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static Metric Metric(string id) =>
        Metrics.FirstOrDefault(metric => metric.Id == id)
        ?? throw new ArgumentException(
            $"The catalogue has no metric \"{id}\"; it has {string.Join(", ", Metrics.Select(metric => metric.Id))}.", nameof(id));

    /// <summary>Finds the metric with this name, and returns its row with these arguments.</summary>
    /// <exception cref="ArgumentException">No metric has this name, or the metric has no row with these arguments.</exception>
    public static MetricRow Row(string metricId, params object[] arguments) => (MetricRow)TheoryRow(Metric(metricId).Id, arguments);

    /// <summary>Makes a metric whose rows each state their own kind of work.</summary>
    private static Metric Timed(string id, string title, MetricGroup group, MetricUnit unit) =>
        new(id, title, group, unit, MetricKind.Computing);

    private static Metric PartMetric<TScenario>(string id, string title, string benchmark) =>
        new Metric(id, title, MetricGroup.Allocation, MetricUnit.Nanoseconds, MetricKind.SystemCall)
            .Row<TScenario>(Shm, benchmark, isUnqualified: true, sampleNeeds: SegmentPartScenario.NeedsOfSample);

    private static Metric FirstTouch()
    {
        var metric = new Metric(
            "first_touch_time", "First write to a page of 4 KiB", MetricGroup.Allocation, MetricUnit.Nanoseconds, MetricKind.SystemCall);
        foreach (var prefaulted in new[] { 0, 1 })
        {
            metric.Row<FirstTouchScenario>(
                Shm,
                nameof(FirstTouchScenario.Touch),
                parameters: [new RowParameter("prefaulted", prefaulted)],
                isUnqualified: prefaulted == 0,
                sampleNeeds: ScenarioNeeds.WrittenSegments(1, FirstTouchScenario.ByteCount));
        }

        return metric;
    }

    /// <summary>Makes a metric with a row for each size of a copy.</summary>
    internal static Metric SizedTransfer(string id, string title, string benchmark)
    {
        var metric = new Metric(id, title, MetricGroup.Transfer, MetricUnit.GigabytesPerSecond, MetricKind.Copying);
        foreach (var kibibytes in TransferKibibytes)
        {
            metric.Row<SizedTransferScenario>(
                Shm,
                benchmark,
                parameters: [new RowParameter("kibibytes", kibibytes)],
                bytesPerOperation: kibibytes * 1024L,
                kind: kibibytes * 1024L < ShmTransfer.ParallelFromByteCount ? MetricKind.Copying : MetricKind.Concurrent,

                // Long buffers of several layout copies would push each other out of the cache. The time of a short copy depends on
                // the address of its buffer by several percent, so rows with short buffers have more layout copies.
                copies: kibibytes >= 8_192 ? 1 : kibibytes > 64 ? 3 : ShortTransferCopies,
                maxPairedCopies: ShortTransferCopies,
                needs: SizedTransferScenario.NeedsFor(kibibytes));
        }

        return metric;
    }

    private static Metric LookupMetric<TScenario>(string id, string title, string allocator, Func<int, RowNeeds> needs)
    {
        var metric = new Metric(id, title, MetricGroup.AddressTranslation, MetricUnit.Nanoseconds, MetricKind.Computing);
        foreach (var segments in SegmentCounts)
        {
            metric.Row<TScenario>(
                allocator,
                nameof(LinearScanScenario.Resolve),
                parameters: [new RowParameter("segments", segments)],
                isUnqualified: segments == DefaultSegmentCount,

                // A process may have 65,530 mappings (vm.max_map_count), and each segment is a mapping.
                copies: segments > 1_000 ? 2 : MetricRow.DefaultCopies,
                needs: needs(segments));
        }

        return metric;
    }
}
