using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Ratio of two rows that are measured side by side in one run; its bound holds on any machine.</summary>
/// <param name="Name">Stable name within the theory.</param>
/// <param name="Title">Title in reports.</param>
/// <param name="Group">Section of the reports.</param>
/// <param name="Slow">Row whose time is divided by the time of <paramref name="Fast"/>.</param>
/// <param name="Fast">Row whose time is the divisor.</param>
/// <param name="AtLeast">Smallest ratio that passes.</param>
public sealed record SpeedUp(string Name, string Title, MetricGroup Group, MetricRow Slow, MetricRow Fast, double AtLeast) : ITheoryRow
{
    /// <summary>Name of the theory.</summary>
    public const string TheoryName = "speed_up";

    /// <summary>
    /// Prepares the measurement, or throws <see cref="CannotMeasureHereException"/>; null if there is nothing to prepare.
    /// </summary>
    public Action? Prepare { get; init; }

    /// <summary>
    /// True if the row passes as long as a quarter of the sample ratios reach the bound, because noise or the machine may move the
    /// ratio below it.
    /// </summary>
    public bool AllowsNoise { get; init; }

    /// <summary>
    /// Function that returns the reason why no code could reach the bound on this machine now, or null if code could. It is called after
    /// the ratio missed the bound, and again after each confirming process. The property is null if the row has no such check.
    /// </summary>
    public Func<string?>? WhyOutOfReach { get; init; }

    /// <summary>Short title, for the speed-ups that reports show first; null for the others.</summary>
    public string? Headline { get; init; }

    /// <inheritdoc/>
    // Samples of the two rows are taken one after the other.
    public RowNeeds Needs => Slow.NeedsOfCopy.Times(Slow.Copies)
        .Plus(Fast.NeedsOfCopy.Times(Fast.Copies))
        .Plus(Slow.NeedsOfSample.Max(Fast.NeedsOfSample));

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
