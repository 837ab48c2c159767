using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Bytes allocated on the managed heap by an operation that must not allocate any: a count, so it has no noise.</summary>
/// <param name="Operation">The operation's stable name, within the theory.</param>
/// <param name="Row">The row whose benchmark is counted.</param>
public sealed record ExactCounter(string Operation, MetricRow Row) : ITheoryRow
{
    /// <summary>The name of the theory.</summary>
    public const string TheoryName = "managed_bytes_per_operation";

    /// <inheritdoc/>
    public RowNeeds Needs => Row.Needs;

    /// <inheritdoc/>
    public string Key => $"{TheoryName}/{Row.Allocator}/{Operation}";

    /// <inheritdoc/>
    public string Label => $"{TheoryName}({Row.Allocator}, {Operation})";

    /// <inheritdoc/>
    public string MetricId => TheoryName;

    /// <inheritdoc/>
    public string Allocator => Row.Allocator;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments => [new("operation", Operation)];
}
