namespace PerfTests.Metrics.Counted;

/// <summary>
/// Number of system calls per operation. Each row lists the calls that its operation needs, and one call more is a regression.
/// </summary>
public sealed class SystemCallsPerOperation()
    : CountedMetric("system_calls_per_operation", new MetricUnit("system_calls", "system calls", Direction.Lower, IsCount: true))
{
    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        // close is needed because an open descriptor would count against the limit of the process.
        Of("allocate", Catalogue.Row("allocation_total_time", Allocators.Shm), "openat", "ftruncate", "mmap", "close"),
        Of("free", Catalogue.Row("segment_free_time", Allocators.Shm), "munmap", "unlinkat"),

        // fstat and geteuid are needed to validate a segment of another process before mapping it.
        Of("attach", Catalogue.Row("segment_attach_time", Allocators.Shm), "openat", "fstat", "geteuid", "mmap", "close"),
        Of("lookup", Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, Catalogue.DefaultSegmentCount)),
        Of("transfer", Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm)),
        Of("allocate", Catalogue.Row("allocation_total_time", Allocators.Arena)),
        Of("allocate_and_free", Catalogue.Row("allocation_throughput", Allocators.Arena)),
        Of("lookup", Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, Catalogue.DefaultSegmentCount)),
        Of("transfer", Catalogue.Row("transfer_1mb_bandwidth", Allocators.Arena)),
    ];

    private CountedRow Of(string operation, MetricRow row, params IReadOnlyList<string> needed) =>
        Row(
            row.Allocator,
            operation,
            $"System calls per operation: {operation.Replace('_', ' ')}",
            new Counting.SystemCalls(row),
            needed.Count) with
        {
            IsExact = true,
            BoundParts = string.Join(", ", needed),
            Group = row.Metric.Group,
            Needs = row.NeedsOf(1),
        };
}
