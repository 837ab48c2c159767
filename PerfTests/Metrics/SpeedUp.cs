using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>A ratio of two rows measured side by side in one run, which must hold on any machine.</summary>
/// <param name="Name">Its stable name, within the theory.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Group">The section of the reports.</param>
/// <param name="Slow">The row whose time is divided.</param>
/// <param name="Fast">The row whose time it is divided by.</param>
/// <param name="AtLeast">The smallest ratio that passes.</param>
public sealed record SpeedUp(string Name, string Title, MetricGroup Group, MetricRow Slow, MetricRow Fast, double AtLeast) : ITheoryRow
{
    /// <summary>The name of the theory.</summary>
    public const string TheoryName = "speed_up";

    /// <summary>
    /// Makes ready what measuring takes, or throws a <see cref="CannotMeasureHereException"/>.
    /// </summary>
    public Action? Prepare { get; init; }

    /// <inheritdoc/>
    public RowNeeds Needs => Slow.Needs.Plus(Fast.Needs);

    /// <inheritdoc/>
    public string Key => $"{TheoryName}/{Name}";

    /// <inheritdoc/>
    public string Label => $"{TheoryName}({Name})";

    /// <inheritdoc/>
    public string MetricId => TheoryName;

    /// <inheritdoc/>
    public string Allocator => Fast.Allocator;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments => [new("of", Name)];
}
