using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Row of a timed metric.</summary>
/// <param name="Metric">Metric of the row.</param>
/// <param name="Allocator">Name of the allocator.</param>
/// <param name="Parameters">Parameters other than the allocator, in the order of the theory's arguments.</param>
/// <param name="IsUnqualified">True for the row that results files name by the metric alone, without parameters.</param>
public sealed record MetricRow(Metric Metric, string Allocator, IReadOnlyList<RowParameter> Parameters, bool IsUnqualified) : ITheoryRow
{
    /// <summary>
    /// Usual number of layout copies per process. The layout of the code changes the time of a method of 1.6 ns by up to 16 %.
    /// </summary>
    public const int DefaultCopies = 4;

    /// <summary>Benchmark that measures the row.</summary>
    public required ScenarioReference Scenario { get; init; }

    /// <summary>Kind of work whose time the row measures.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>True if the value depends on the trace that is replayed.</summary>
    public bool ReadsTrace { get; init; }

    /// <summary>Bytes that an operation copies, for bandwidths.</summary>
    public long BytesPerOperation { get; init; }

    /// <summary>Number of layout copies that a process loads.</summary>
    public int Copies { get; init; } = DefaultCopies;

    /// <summary>Maximum number of layout copies of each side while candidate, baseline and A/A control are loaded at once.</summary>
    public int MaxPairedCopies { get; init; } = DefaultCopies;

    /// <summary>Resources that one layout copy holds from its setup to its cleanup.</summary>
    public RowNeeds NeedsOfCopy { get; init; } = RowNeeds.None;

    /// <summary>
    /// Further resources, which each sample takes and gives back. Samples are taken one after the other, so these resources count
    /// once.
    /// </summary>
    public RowNeeds NeedsOfSample { get; init; } = RowNeeds.None;

    /// <inheritdoc/>
    public RowNeeds Needs => NeedsOf(Copies);

    /// <summary>Resources of a process that measures candidate, baseline and A/A control.</summary>
    public RowNeeds PairedNeeds => NeedsOf(PairedSides * Math.Min(Copies, MaxPairedCopies));

    /// <summary>Returns the resources of a process with this number of layout copies.</summary>
    public RowNeeds NeedsOf(int copies) => NeedsOfCopy.Times(copies).Plus(NeedsOfSample);

    /// <summary>Number of sides of a paired measurement: candidate, baseline and A/A control.</summary>
    private const int PairedSides = 3;

    /// <summary>
    /// Key in results files. The scripts that this suite replaces named one row of a metric by the metric's name alone. That row
    /// keeps this key. Therefore results files of those scripts are valid baselines, and programs that read these files can read
    /// the files of this suite.
    /// </summary>
    public string Key => IsUnqualified ? Metric.Id : QualifiedKey;

    /// <summary>Separator between the key of the row and the name of the trace.</summary>
    public const string TraceMark = "/trace=";

    /// <summary>Returns the key of a value without the name of the trace. The result is the key of the row.</summary>
    public static string WithoutTrace(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Split(TraceMark)[0];
    }

    /// <inheritdoc/>
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
