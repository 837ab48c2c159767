namespace PerfTests.Metrics.Counted;

/// <summary>
/// Metric that is counted instead of timed: its values carry no noise. A value is judged by a bound on any machine, or is compared
/// with an earlier count. The catalogue finds every public class that derives from this one and has a parameterless constructor.
/// The theory with the name of the metric runs its rows.
/// </summary>
/// <param name="id">Stable name of the metric and of its theory.</param>
/// <param name="unit">Unit of the values, with the direction in which they improve.</param>
public abstract class CountedMetric(string id, MetricUnit unit) : IDeclaresUnit
{
    private IReadOnlyList<CountedRow>? _rows;

    /// <summary>Stable name of the metric and of its theory.</summary>
    public string Id => id;

    /// <inheritdoc/>
    public MetricUnit Unit => unit;

    /// <summary>
    /// Names of the theory's parameters, in order. <c>allocator</c> takes the allocator; a parameter with any other name takes the
    /// name of the row.
    /// </summary>
    public virtual IReadOnlyList<string> Parameters => [CountedRow.AllocatorParameter, "operation"];

    /// <summary>Rows of the theory, in order.</summary>
    public IReadOnlyList<CountedRow> Rows => _rows ??= [.. CreateRows()];

    /// <summary>Creates the rows. An override may use rows of the catalogue. A constructor may not.</summary>
    protected abstract IEnumerable<CountedRow> CreateRows();

    /// <summary>Makes a row.</summary>
    /// <param name="allocator">Allocator that is counted.</param>
    /// <param name="name">Stable name within the metric and the allocator.</param>
    /// <param name="title">Title in reports.</param>
    /// <param name="counting">Instrument that counts.</param>
    /// <param name="bound">Worst value that passes; null if the value is compared with an earlier count.</param>
    protected CountedRow Row(string allocator, string name, string title, Counting counting, double? bound) =>
        new(this, allocator, name, title, counting, bound);
}
