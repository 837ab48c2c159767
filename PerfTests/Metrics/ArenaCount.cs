using PerfTests.Machine;
using PerfTests.Metrics.Traces;

namespace PerfTests.Metrics;

/// <summary>
/// Something of the arena that is counted and not timed: it has no noise, needs no baseline, and holds on any machine.
/// </summary>
/// <param name="TheoryName">The name of the theory.</param>
/// <param name="Of">Its stable name, within the theory.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Unit">The unit, which also says which way is better.</param>
/// <param name="Bound">The worst value that passes.</param>
/// <param name="Counting">The static method that counts: it returns the value, and in words what it is the value of.</param>
/// <param name="ReadsTrace">True if the value depends on the trace that <c>PERF_TRACE</c> names.</param>
public sealed record ArenaCount(
    string TheoryName, string Of, string Title, MetricUnit Unit, double Bound, Func<(double Value, string Detail)> Counting, bool ReadsTrace = false) : ITheoryRow
{
    /// <summary>The theory of how much of an arena requests can have.</summary>
    public const string Utilisation = "arena_utilisation";

    /// <summary>The theory of how much free memory serves no large request: see <see cref="Exact.FilledArena.UnusableBy"/>.</summary>
    public const string Fragmentation = "arena_fragmentation";

    /// <summary>The theory of page faults.</summary>
    public const string PageFaults = "page_faults_per_operation";

    /// <inheritdoc/>
    public RowNeeds Needs { get; init; } = RowNeeds.None;

    /// <inheritdoc/>
    public string Key => $"{TheoryName}/{Allocator}/{Of}";

    /// <summary>The key of a figure: see <see cref="MetricRow.KeyFor"/>.</summary>
    public string KeyFor(string workload) => ReadsTrace && workload != TraceIdentity.Shipped ? $"{Key}{MetricRow.TraceMark}{workload}" : Key;

    /// <inheritdoc/>
    public string Label => $"{TheoryName}({Allocator}, {Of})";

    /// <inheritdoc/>
    public string MetricId => TheoryName;

    /// <inheritdoc/>
    public string Allocator => Allocators.Arena;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments => [new("of", Of)];

    /// <summary>True if a value passes.</summary>
    public bool IsWithinBound(double value) => Unit.Better == Direction.Higher ? value >= Bound : value <= Bound;
}
