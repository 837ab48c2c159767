namespace PerfTests.Metrics.Counted;

/// <summary>
/// Number of instructions per operation. The value is compared with another version's, and has no bound. Operations that read the
/// clock have no row, because their number of instructions depends on the time: a failing allocation looks for exited members at
/// intervals.
/// </summary>
public sealed class InstructionsPerOperation() : CountedMetric(
    "instructions_per_operation", new MetricUnit("instructions", "instructions", Direction.Lower, IsCount: true) { HasBound = false })
{
    /// <summary>
    /// Usual number of operations. A row may take two seconds, and a step takes 25 to 70 µs. Both versions are counted twice.
    /// </summary>
    private const int DefaultOperations = 16;

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Of("lookup", Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, Catalogue.DefaultSegmentCount), operations: 8),
        Of("lookup", Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, Catalogue.DefaultSegmentCount), operations: 32),
        Of("allocate", Catalogue.Row("allocation_total_time", Allocators.Arena)),
        Of("allocate_and_free", Catalogue.Row("allocation_throughput", Allocators.Arena)),
        Of("heap_cycle_64", Catalogue.Row("block_cycle_time", Allocators.Arena, 64)),
        Of("heap_cycle_4096", Catalogue.Row("block_cycle_time", Allocators.Arena, 4_096)),
        Of("heap_cycle_131072", Catalogue.Row("block_cycle_time", Allocators.Arena, 131_072)),
        Of("heap_cycle_4194304", Catalogue.Row("block_cycle_time", Allocators.Arena, 4_194_304), operations: 4),
        Of("heap_batch_64", Catalogue.Row("block_batch_time", Allocators.Arena, 64), operations: 32),
        Of("heap_aligned_cycle", Catalogue.Row("block_aligned_cycle_time", Allocators.Arena)),
        Of("thread_heap_cycle", Catalogue.Row("thread_heap_cycle_time", Allocators.Arena)),
        Of("other_heap_free", Catalogue.Row("other_heap_free_time", Allocators.Arena)),
        Of("other_process_free", Catalogue.Row("other_process_free_time", Allocators.Arena)),
        Of("hand_over", Catalogue.Row("hand_over_time", Allocators.Arena), operations: 4),
        Of("offer", Catalogue.Row("offer_time", Allocators.Arena)),
        Of("claim", Catalogue.Row("claim_time", Allocators.Arena)),
        Of("address", Catalogue.Row("block_address_time", Allocators.Arena)),
        Of("size", Catalogue.Row("block_size_time", Allocators.Arena)),
        Of("find", Catalogue.Row("block_find_time", Allocators.Arena)),
        Of("heap_open_and_dispose", Catalogue.Row("heap_cycle_time", Allocators.Arena), operations: 2),
        Of("peer_lookup", Catalogue.Row("peer_lookup_time", Allocators.Shm), operations: 8),
    ];

    private CountedRow Of(string operation, MetricRow row, int operations = DefaultOperations) =>
        Row(
            row.Allocator,
            operation,
            $"Instructions per operation: {operation.Replace('_', ' ')}",
            new Counting.Instructions(row, operations),
            bound: null) with
        {
            Group = row.Metric.Group,
            Needs = row.NeedsOf(2),
        };
}
