using PerfTests.Machine;
using PerfTests.Metrics.Scenarios.Blocks;

namespace PerfTests.Metrics;

/// <summary>Timed metrics of the operations on blocks of an arena.</summary>
internal static class BlockMetrics
{
    /// <summary>Sizes of blocks that are allocated and freed one by one, in bytes. The largest does not fit in a slab.</summary>
    private static readonly int[] s_cycleBytes = [64, 4_096, 131_072, 4_194_304];

    /// <summary>Sizes of blocks that are allocated in batches, in bytes.</summary>
    private static readonly int[] s_batchBytes = [64, 4_096, 131_072];

    /// <summary>Number of layout copies of rows whose attachments or threads take long to create.</summary>
    private const int CostlyCopies = 2;

    /// <summary>All metrics, in the order of the reports.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        .. Allocation,
        .. OtherOwners,
        .. Lookups,
        .. Walks,
        TailLatency("allocation_tail_latency", "99th percentile of allocating a block of mixed size", nameof(TailLatencyScenario.Allocate)),
        TailLatency("free_tail_latency", "99th percentile of freeing a block of mixed size", nameof(TailLatencyScenario.Free)),
    ];

    private static IEnumerable<Metric> Allocation =>
    [
        Sized<HeapCycleScenario>(
            "block_cycle_time", "Allocating and freeing one block through a heap", nameof(HeapCycleScenario.AllocateAndFree), s_cycleBytes),
        Sized<HeapBatchScenario>(
            "block_batch_time",
            "Allocating a block and freeing it through a heap, in batches of 256 that are freed in random order",
            nameof(HeapBatchScenario.AllocateAndFree),
            s_batchBytes),
        Row<HeapAllocationScenario>(
            "block_allocation_time", "Allocating a block of 64 B through a heap", nameof(HeapAllocationScenario.Allocate)),
        Row<OwnHeapFreeScenario>(
            "block_free_time", "Freeing a block of 64 B through the heap that allocated it", nameof(OwnHeapFreeScenario.Free)),
        Row<AlignedCycleScenario>(
            "block_aligned_cycle_time",
            "Allocating and freeing 3,000 B that are aligned to 4 KiB, through a heap",
            nameof(AlignedCycleScenario.CycleOfHeap)),
        Row<ThreadHeapCycleScenario>(
            "thread_heap_cycle_time",
            "Allocating and freeing one block of 64 B through the arena",
            nameof(ThreadHeapCycleScenario.AllocateAndFree)),
        Row<AlignedCycleScenario>(
            "thread_heap_aligned_cycle_time",
            "Allocating and freeing 3,000 B that are aligned to 4 KiB, through the arena",
            nameof(AlignedCycleScenario.CycleOfArena)),

        // Without a second free core, both threads share one, and the value doubles although the code is the same.
        Row<TwoThreadCycleScenario>(
            "two_thread_cycle_time",
            "Allocating and freeing one block of 64 B on each of two threads at once",
            nameof(TwoThreadCycleScenario.AllocateAndFree),
            MetricKind.Concurrent,
            TwoThreadCycleScenario.NeedsOfTwoThreads,
            CostlyCopies),
    ];

    private static IEnumerable<Metric> OtherOwners =>
    [
        Row<OtherHeapFreeScenario>(
            "other_heap_free_time", "Freeing a block that another heap of the process allocated", nameof(OtherHeapFreeScenario.Free)),
        Row<OtherHeapCycleScenario>(
            "other_heap_cycle_time",
            "Allocating a block of 64 B that another heap of the process frees, with 1,000 live blocks",
            nameof(OtherHeapCycleScenario.FreeAndAllocate)),
        Row<OtherMemberFreeScenario>(
            "other_process_free_time",
            "Freeing a block that another attachment of the arena holds",
            nameof(OtherMemberFreeScenario.Free),
            needs: HeapScenario.NeedsOfTwoMembers),
        Row<HandOverScenario>(
            "hand_over_time",
            "Handing a block over to another attachment of the arena",
            nameof(HandOverScenario.HandOver),
            MetricKind.SystemCall,
            HeapScenario.NeedsOfTwoMembers),
        Row<OfferScenario>("offer_time", "Offering a block", nameof(OfferScenario.Offer)),
        Row<ClaimScenario>(
            "claim_time",
            "Claiming a block that another attachment of the arena offered",
            nameof(ClaimScenario.Claim),
            needs: HeapScenario.NeedsOfTwoMembers),
        Row<ReclaimScenario>(
            "reclaim_offered_time",
            "Freeing an offered block of an attachment that was closed",
            nameof(ReclaimScenario.ReclaimOffered),
            needs: HeapScenario.NeedsOfTwoMembers,
            copies: CostlyCopies),
    ];

    private static IEnumerable<Metric> Lookups =>
    [
        Lookup("block_address_time", "Finding the address of a block", nameof(BlockHandleScenario.GetAddress)),
        Lookup("block_size_time", "Finding the size of a block", nameof(BlockHandleScenario.SizeOf)),
        Lookup("block_find_time", "Finding the block that contains an address", nameof(BlockHandleScenario.TryFindBlock)),
    ];

    private static IEnumerable<Metric> Walks =>
    [
        Row<DiagnosisScenario>(
            "statistics_time", "Counting what an arena with 10,000 live blocks contains", nameof(DiagnosisScenario.GetStatistics)),
        Row<DiagnosisScenario>(
            "used_bytes_time", "Reading the size of all live blocks of an arena with 10,000 of them", nameof(DiagnosisScenario.UsedBytes)),
        Row<DiagnosisScenario>(
            "live_block_enumeration_time",
            "Enumerating the live blocks of an arena with 10,000 of them, per block",
            nameof(DiagnosisScenario.EnumerateLiveBlocks)),
    ];

    private static Metric Sized<TScenario>(string id, string title, string benchmark, int[] sizes)
    {
        var metric = Create(id, title, MetricGroup.Allocation);
        foreach (var bytes in sizes)
        {
            metric.Row<TScenario>(
                Allocators.Arena, benchmark, parameters: [new RowParameter("bytes", bytes)], needs: HeapScenario.Needs);
        }

        return metric;
    }

    private static Metric TailLatency(string id, string title, string benchmark)
    {
        var metric = Create(id, title, MetricGroup.Allocation);
        foreach (var threads in new[] { 1, 2 })
        {
            metric.Row<TailLatencyScenario>(
                Allocators.Arena,
                benchmark,
                parameters: [new RowParameter("threads", threads)],
                copies: CostlyCopies,
                kind: threads == 1 ? MetricKind.Computing : MetricKind.Concurrent,
                maxPairedCopies: CostlyCopies,
                needs: TailLatencyScenario.NeedsOf(threads));
        }

        return metric;
    }

    private static Metric Lookup(string id, string title, string benchmark) =>
        Create(id, title, MetricGroup.AddressTranslation)
            .Row<BlockHandleScenario>(Allocators.Arena, benchmark, isUnqualified: true, needs: HeapScenario.Needs);

    private static Metric Row<TScenario>(
        string id,
        string title,
        string benchmark,
        MetricKind kind = MetricKind.Computing,
        RowNeeds? needs = null,
        int copies = MetricRow.DefaultCopies) =>
        Create(id, title, MetricGroup.Allocation, kind)
            .Row<TScenario>(
                Allocators.Arena,
                benchmark,
                copies: copies,
                isUnqualified: true,
                maxPairedCopies: copies,
                needs: needs ?? HeapScenario.Needs);

    private static Metric Create(string id, string title, MetricGroup group, MetricKind kind = MetricKind.Computing) =>
        new(id, title, group, MetricUnit.Nanoseconds, kind);
}
