using PerfTests.Machine;
using PerfTests.Metrics.Traces;

namespace PerfTests.Metrics.Counted;

/// <summary>Row of a counted metric.</summary>
/// <param name="Metric">Metric of the row.</param>
/// <param name="Allocator">Allocator that is counted.</param>
/// <param name="Name">Stable name within the metric and the allocator.</param>
/// <param name="Title">Title in reports.</param>
/// <param name="Counting">Instrument that counts.</param>
/// <param name="Bound">Worst value that passes; null if the value is compared with an earlier count.</param>
public sealed record CountedRow(CountedMetric Metric, string Allocator, string Name, string Title, Counting Counting, double? Bound)
    : ITheoryRow
{
    /// <summary>Name of the theory parameter that takes the allocator.</summary>
    internal const string AllocatorParameter = "allocator";

    /// <summary>
    /// True if the bound is the expected value. A better value then counts as an improvement, and the bound should be moved.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>
    /// System calls that the bound allows, as messages list them, such as <c>munmap, unlinkat</c>; null if the row counts
    /// something else.
    /// </summary>
    public string? BoundParts { get; init; }

    /// <summary>Section of the reports.</summary>
    public MetricGroup Group { get; init; } = MetricGroup.Allocation;

    /// <summary>True if the value depends on the trace that <c>PERF_TRACE</c> names.</summary>
    public bool ReadsTrace { get; init; }

    /// <inheritdoc/>
    public RowNeeds Needs { get; init; } = RowNeeds.None;

    /// <inheritdoc/>
    public string Key => $"{MetricId}/{Allocator}/{Name}";

    /// <inheritdoc/>
    public string KeyFor(string? workload) =>
        ReadsTrace && workload is not null && workload != TraceIdentity.Shipped ? $"{Key}{MetricRow.TraceMark}{workload}" : Key;

    /// <inheritdoc/>
    public string Label => $"{MetricId}({Allocator}, {Name})";

    /// <inheritdoc/>
    public string MetricId => Metric.Id;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments =>
        [.. Metric.Parameters.Select(name => KeyValuePair.Create(name, (object)(name == AllocatorParameter ? Allocator : Name)))];

    /// <summary>Bound in words: <c>must be at most 2 system calls (munmap, unlinkat)</c>.</summary>
    public string BoundText => (Bound, BoundParts) switch
    {
        (null, _) => "has no bound",
        (0, _) when Metric.Unit.Better == Direction.Lower => "must be none",
        ({ } bound, { } parts) => $"must be {Metric.Unit.BoundWord} {ValueText.FormatCount(bound, Metric.Unit)} ({parts})",
        ({ } bound, null) => $"must be {Metric.Unit.BoundWord} {ValueText.FormatCount(bound, Metric.Unit)}",
    };

    /// <summary>Formats a value with the digits of <see cref="ValueText.FormatCount"/>.</summary>
    public string Format(double value) => ValueText.FormatCount(value, Metric.Unit);
}
