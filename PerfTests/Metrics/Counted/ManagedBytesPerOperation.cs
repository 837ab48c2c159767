namespace PerfTests.Metrics.Counted;

/// <summary>Bytes that an operation of the arena allocates on the managed heap. The bound is 0.</summary>
public sealed class ManagedBytesPerOperation()
    : CountedMetric("managed_bytes_per_operation", new MetricUnit("bytes", "B", Direction.Lower, IsCount: true)
    {
        BencherMeasure = "managed-bytes",
    })
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => ["operation"];

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Of("allocate", Catalogue.Row("allocation_total_time", Allocators.Arena)),
        Of("allocate_and_free", Catalogue.Row("allocation_throughput", Allocators.Arena)),
        Of("lookup", Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, Catalogue.DefaultSegmentCount)),
        Of("transfer", Catalogue.Row("transfer_1mb_bandwidth", Allocators.Arena)),
    ];

    private CountedRow Of(string operation, MetricRow row) =>
        Row(
            row.Allocator,
            operation,
            $"Bytes allocated on the managed heap per operation: {operation.Replace('_', ' ')}",
            new Counting.ManagedBytes(row),
            bound: 0) with
        {
            Group = row.Metric.Group,
            Needs = row.Needs,
        };
}
