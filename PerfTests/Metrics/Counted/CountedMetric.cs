namespace PerfTests.Metrics.Counted;

/// <summary>
/// Metric that is counted instead of timed: its values carry no noise, need no baseline, and are judged by a bound on any machine.
/// The catalogue has every public class that derives from it and has a parameterless constructor; the theory of the same name
/// runs its rows.
/// </summary>
/// <param name="id">Stable name, which is also the theory's.</param>
/// <param name="unit">Unit of the values, which includes the direction that is better.</param>
public abstract class CountedMetric(string id, MetricUnit unit) : IDeclaresUnit
{
    private IReadOnlyList<CountedRow>? _rows;

    /// <summary>Stable name, which is also the theory's.</summary>
    public string Id => id;

    /// <inheritdoc/>
    public MetricUnit Unit => unit;

    /// <summary>Parameters of the theory, in order: <c>allocator</c>, and any name for the row's own name.</summary>
    public virtual IReadOnlyList<string> Parameters => [CountedRow.AllocatorParameter, "operation"];

    /// <summary>Rows of the theory, in order.</summary>
    public IReadOnlyList<CountedRow> Rows => _rows ??= [.. CreateRows()];

    /// <summary>Creates the rows. It may use rows of the catalogue, unlike the constructor.</summary>
    protected abstract IEnumerable<CountedRow> CreateRows();

    /// <summary>Makes a row.</summary>
    /// <param name="allocator">Allocator that is counted.</param>
    /// <param name="name">Stable name within the metric and the allocator.</param>
    /// <param name="title">Title for people.</param>
    /// <param name="counting">Instrument that counts.</param>
    /// <param name="bound">Worst value that passes.</param>
    protected CountedRow Row(string allocator, string name, string title, Counting counting, double bound) =>
        new(this, allocator, name, title, counting, bound);
}
