using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Row of a timed metric.</summary>
/// <param name="Metric">Metric of the row.</param>
/// <param name="Allocator">Name of the allocator.</param>
/// <param name="Parameters">Parameters beside the allocator, in the order of the theory's arguments.</param>
/// <param name="IsUnqualified">True for the row that the bare metric name means in results files.</param>
public sealed record MetricRow(Metric Metric, string Allocator, IReadOnlyList<RowParameter> Parameters, bool IsUnqualified) : ITheoryRow
{
    /// <summary>Layout copies per process: the layout changes a method of 1.6 ns by up to 16 %.</summary>
    public const int UsualCopies = 4;

    /// <summary>Benchmark that measures the row.</summary>
    public required ScenarioReference Scenario { get; init; }

    /// <summary>Kind of work that the row's time consists of.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>True if the value depends on the trace that is replayed.</summary>
    public bool ReadsTrace { get; init; }

    /// <summary>Bytes that an operation copies, for bandwidths.</summary>
    public long BytesPerOperation { get; init; }

    /// <summary>Layout copies that a process loads.</summary>
    public int Copies { get; init; } = UsualCopies;

    /// <summary>Most layout copies of each side where three sides are loaded at once.</summary>
    public int MostPairedCopies { get; init; } = UsualCopies;

    /// <summary>Resources that one layout copy takes as long as it is set up.</summary>
    public RowNeeds NeedsOfCopy { get; init; } = RowNeeds.None;

    /// <summary>Resources that a sample takes beyond those, and gives back; samples are taken one after the other.</summary>
    public RowNeeds NeedsOfSample { get; init; } = RowNeeds.None;

    /// <inheritdoc/>
    public RowNeeds Needs => NeedsOf(Copies);

    /// <summary>Resources of a process that measures candidate, baseline and A/A control.</summary>
    public RowNeeds PairedNeeds => NeedsOf(PairedSides * Math.Min(Copies, MostPairedCopies));

    /// <summary>Returns the resources of a process with this number of layout copies.</summary>
    public RowNeeds NeedsOf(int copies) => NeedsOfCopy.Times(copies).Plus(NeedsOfSample);

    /// <summary>Candidate, baseline and A/A control.</summary>
    private const int PairedSides = 3;

    /// <summary>
    /// Key in results files. A bare metric name in the files of the framework that this suite replaces names one row. That row
    /// keeps the bare name as its key, so that those files are baselines as they are and their readers can read ours.
    /// </summary>
    public string Key => IsUnqualified ? Metric.Id : QualifiedKey;

    /// <summary>Separator between the key of the row and the name of the trace.</summary>
    public const string TraceMark = "/trace=";

    /// <summary>Returns the key of the row, given the key of a value of the row with any trace.</summary>
    public static string WithoutTrace(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Split(TraceMark)[0];
    }

    /// <summary>
    /// Returns the key of a value: the key of the row and, unless the row replayed the trace that ships with the tests, the name of
    /// the trace, so that values of different traces have different keys.
    /// </summary>
    public string KeyFor(string? workload) =>
        ReadsTrace && workload is not null && workload != Traces.TraceIdentity.Shipped ? $"{Key}{TraceMark}{workload}" : Key;

    /// <summary>Key with all parameters: <c>lookup_linear_scan_time/shm/segments=100</c>.</summary>
    public string QualifiedKey => string.Join('/', [Metric.Id, Allocator, .. Parameters.Select(parameter => parameter.ToString())]);

    /// <summary>Name in messages: <c>lookup_linear_scan_time(shm, segments=100)</c>.</summary>
    public string Label => $"{Metric.Id}({string.Join(", ", [Allocator, .. Parameters.Select(parameter => parameter.ToString())])})";

    /// <inheritdoc/>
    public string MetricId => Metric.Id;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, object>> Arguments =>
        [new("allocator", Allocator), .. Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (object)parameter.Value))];

    /// <summary>Converts a time per operation to a value in the metric's unit.</summary>
    public double ValueOf(double nanosecondsPerOperation) => Metric.Unit.FromTime(nanosecondsPerOperation, BytesPerOperation);
}
