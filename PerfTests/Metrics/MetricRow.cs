using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>One row of a metric's theory: what is measured, and what it is called.</summary>
/// <param name="Metric">The metric that it belongs to.</param>
/// <param name="Allocator"><c>shm</c> or <c>arena</c>.</param>
/// <param name="Parameters">Parameters beside the allocator, in the order of the theory's arguments.</param>
/// <param name="IsUnqualified">True for the row that the bare metric name means in result files.</param>
public sealed record MetricRow(Metric Metric, string Allocator, IReadOnlyList<RowParameter> Parameters, bool IsUnqualified) : ITheoryRow
{
    /// <summary>Layouts drawn per process: one draw moves a 1.6 ns method by up to 16 %.</summary>
    public const int UsualCopies = 4;

    /// <summary>The benchmark that measures this row.</summary>
    public required ScenarioReference Scenario { get; init; }

    /// <summary>What this row's time is made of.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>True if the figure depends on the trace that is replayed.</summary>
    public bool ReadsTrace { get; init; }

    /// <summary>How many bytes an operation copies, for bandwidths.</summary>
    public long BytesPerOperation { get; init; }

    /// <summary>How many copies of the code a process loads.</summary>
    public int Copies { get; init; } = UsualCopies;

    /// <summary>How many copies at most where three sides are loaded at once.</summary>
    public int MostPairedCopies { get; init; } = UsualCopies;

    /// <summary>Resources that one copy of the code takes as long as it is set up.</summary>
    public RowNeeds NeedsOfCopy { get; init; } = RowNeeds.None;

    /// <summary>Resources that a sample takes and gives back, beyond those; samples are taken one after the other.</summary>
    public RowNeeds NeedsOfSample { get; init; } = RowNeeds.None;

    /// <inheritdoc/>
    public RowNeeds Needs => NeedsOf(Copies);

    /// <summary>Resources that a process takes which measures the candidate, the baseline and the baseline once more.</summary>
    public RowNeeds PairedNeeds => NeedsOf(PairedSides * Math.Min(Copies, MostPairedCopies));

    /// <summary>Returns the resources that a process with so many copies takes.</summary>
    public RowNeeds NeedsOf(int copies) => NeedsOfCopy.Times(copies).Plus(NeedsOfSample);

    /// <summary>Candidate, baseline and A/A control.</summary>
    private const int PairedSides = 3;

    /// <summary>
    /// The key in result files. The row that the seed's files mean by a bare metric name keeps the bare name,
    /// so that those files are baselines as they are, and readers of those files can read ours.
    /// </summary>
    public string Key => IsUnqualified ? Metric.Id : QualifiedKey;

    /// <summary>What parts the name of the trace from the row's own key.</summary>
    public const string TraceMark = "/trace=";

    /// <summary>Returns the key of the row that a figure's key is of, whatever trace it replayed.</summary>
    public static string WithoutTrace(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Split(TraceMark)[0];
    }

    /// <summary>
    /// The key of a figure: that of the row, and where it replayed another trace than the one that ships with the
    /// tests also that trace, so that one's figure never takes the other's place.
    /// </summary>
    public string KeyFor(string? workload) =>
        ReadsTrace && workload is not null && workload != Traces.TraceIdentity.Shipped ? $"{Key}{TraceMark}{workload}" : Key;

    /// <summary>The key that says everything: <c>lookup_linear_scan_time/shm/segments=100</c>.</summary>
    public string QualifiedKey => string.Join('/', [Metric.Id, Allocator, .. Parameters.Select(parameter => parameter.ToString())]);

    /// <summary>For messages: <c>lookup_linear_scan_time(shm, segments=100)</c>.</summary>
    public string Label => $"{Metric.Id}({string.Join(", ", [Allocator, .. Parameters.Select(parameter => parameter.ToString())])})";

    /// <inheritdoc/>
    public string MetricId => Metric.Id;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments =>
        [new("allocator", Allocator), .. Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (object)parameter.Value))];

    /// <summary>The value in the metric's unit of a time per operation.</summary>
    public double ValueOf(double nanosecondsPerOperation) => Metric.Unit.FromTime(nanosecondsPerOperation, BytesPerOperation);
}
