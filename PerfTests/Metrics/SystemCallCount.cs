using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>System calls of an operation: a count, so it has no noise, and holds on any machine.</summary>
/// <param name="Operation">The operation's stable name, within the theory and the allocator.</param>
/// <param name="Row">The row whose benchmark is counted.</param>
/// <param name="Needed">The calls that the operation is made of; one more is a regression.</param>
public sealed record SystemCallCount(string Operation, MetricRow Row, params IReadOnlyList<string> Needed) : ITheoryRow
{
    /// <summary>The name of the theory.</summary>
    public const string TheoryName = "system_calls_per_operation";

    /// <inheritdoc/>
    public RowNeeds Needs => Row.NeedsOf(1);

    /// <inheritdoc/>
    public string Key => $"{TheoryName}/{Row.Allocator}/{Operation}";

    /// <inheritdoc/>
    public string Label => $"{TheoryName}({Row.Allocator}, {Operation})";

    /// <inheritdoc/>
    public string MetricId => TheoryName;

    /// <inheritdoc/>
    public string Allocator => Row.Allocator;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments => [new("allocator", Allocator), new("operation", Operation)];
}
