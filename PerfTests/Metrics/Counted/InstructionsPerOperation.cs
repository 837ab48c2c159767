namespace PerfTests.Metrics.Counted;

/// <summary>
/// Number of instructions per operation, in benchmarks that compute and make no system call. The value is compared with another
/// version's, and has no bound.
/// </summary>
public sealed class InstructionsPerOperation() : CountedMetric(
    "instructions_per_operation", new MetricUnit("instructions", "instructions", Direction.Lower, IsCount: true) { HasBound = false })
{
    /// <summary>
    /// Usual number of operations. A row may take two seconds, and a step takes 25 to 70 us. Both versions are counted twice.
    /// </summary>
    private const int UsualOperations = 32;

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Of("lookup", Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, Catalogue.UsualSegmentCount), operations: 16),
        Of("lookup", Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, Catalogue.UsualSegmentCount)),
        Of("allocate", Catalogue.Row("allocation_total_time", Allocators.Arena)),
        Of("allocate_and_free", Catalogue.Row("allocation_throughput", Allocators.Arena)),
        Of("failing_allocation", Catalogue.Row("allocation_failure_time", Allocators.Arena), operations: 4, new("mebibytes", 2)),
    ];

    private CountedRow Of(string operation, MetricRow row, int operations = UsualOperations, RowParameter? parameter = null) =>
        Row(
            row.Allocator,
            operation,
            $"Instructions per operation: {operation}",
            new Counting.Instructions(row, operations, parameter),
            bound: null) with
        {
            Group = row.Metric.Group,
            Needs = row.NeedsOf(2),
        };
}
