using System.Text.Json.Serialization;
using PerfTests.Machine;
using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>Result of one row. A row of a seed file has only a name, a value and a unit.</summary>
public sealed record MetricResult
{
    /// <summary>Key of the row.</summary>
    [JsonRequired]
    public required string Name { get; init; }

    /// <summary>Value in the row's unit. For measured rows, it is computed from the smallest batch median of all launches.</summary>
    [JsonRequired]
    public required double Value { get; init; }

    /// <summary>Name of the unit.</summary>
    [JsonRequired]
    public required string Unit { get; init; }

    /// <summary>Direction in which the value improves.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Largest allowed change for the worse against a stored baseline, in percent.</summary>
    public double? TolerancePercent { get; init; }

    /// <summary>Name of the metric.</summary>
    public string? Metric { get; init; }

    /// <summary>Description of the metric.</summary>
    public string? Title { get; init; }

    /// <summary>Section of the reports that shows the row.</summary>
    public MetricGroup? Group { get; init; }

    /// <summary>Name of the allocator.</summary>
    public string? Allocator { get; init; }

    /// <summary>Parameters of the row other than the allocator.</summary>
    public IReadOnlyDictionary<string, int>? Parameters { get; init; }

    /// <summary>Name of the trace that the row replayed; null if it replays none. Values of different traces are not compared.</summary>
    public string? Workload { get; init; }

    /// <summary>Origin of this value in a baseline; null if the value has the origin of the whole file.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>
    /// Older accepted result of the row, with which drift is judged. Only baselines store it; null if this result is the oldest.
    /// </summary>
    public Anchor? Anchor { get; init; }

    /// <summary>Measurements of the row, one for each process that measured it.</summary>
    public IReadOnlyList<LaunchResult>? Launches { get; init; }

    /// <summary>
    /// Runtime version and processor features with which instructions were counted; null for values of other kinds. Counts with
    /// different targets are not compared.
    /// </summary>
    public CompilationTarget? CompilationTarget { get; init; }

    /// <summary>Steps of preparing, measuring and judging the row, with their times.</summary>
    public IReadOnlyList<TimedStep>? Steps { get; init; }

    /// <summary>BenchmarkDotNet's table for the launch in the test process.</summary>
    public string? BenchmarkSummary { get; init; }

    /// <summary>Verdict on the value, with the comparison that led to it.</summary>
    public JudgementResult? Judgement { get; init; }

    /// <summary>
    /// Values that reports show; null for a row without a judgement. Readers of the file need not choose values themselves.
    /// </summary>
    public RowFigures? Figures => Judgement is null ? null : RowFigures.Of(this);

    /// <summary>Two rows whose times this ratio divides, as they were measured side by side; null for other rows.</summary>
    public SideBySide? SideBySide { get; init; }

    /// <summary>Short title of a speed-up that reports show first; null for other rows.</summary>
    public string? Headline { get; init; }

    /// <summary>Key of the timed row whose benchmark this row counts; null for rows that count no benchmark's instructions.</summary>
    public string? CountedRow { get; init; }

    /// <summary>Instructions per operation by method, the largest number first; null for rows that count no instructions.</summary>
    public IReadOnlyList<MethodCount>? InstructionsByMethod { get; init; }

    /// <summary>Operations that the row is a part of. Only attachments of reports have it, because it follows from the value.</summary>
    public IReadOnlyList<OperationPart>? PartOf { get; init; }

    /// <summary>True if the value was measured, rather than counted or computed from other rows.</summary>
    [JsonIgnore]
    public bool IsMeasured => Launches is { Count: > 0 };

    /// <summary>True if a baseline stores the value. Other values are judged without a baseline.</summary>
    [JsonIgnore]
    public bool IsStored => IsMeasured || CompilationTarget is not null;

    /// <summary>Minima of all launches, which verdicts compare.</summary>
    [JsonIgnore]
    public IReadOnlyList<LaunchMinima> Minima => [.. (Launches ?? []).Select(launch => launch.Minima)];

    /// <summary>
    /// Value at the reference speed of a machine, at which a step of the calibration loop takes 1 ns. Changes of the machine's speed do
    /// not change this value. Null if the row was not timed beside the calibration loop.
    /// </summary>
    [JsonIgnore]
    public double? ValueAtReferenceSpeed => TimeFactorToReferenceSpeed is not { } factor ? null
        : MetricUnit.Find(Unit)?.Better == Model.Direction.Higher ? Value / factor : Value * factor;

    /// <summary>Factor that converts a time of this run to the reference speed; null if the calibration loop was not timed.</summary>
    [JsonIgnore]
    public double? TimeFactorToReferenceSpeed =>
        Launches is { Count: > 0 } launches && launches.All(launch => MeasuredTime.IsPossible(launch.CalibrationNanoseconds))
            ? 1 / launches.Min(launch => launch.CalibrationNanoseconds)
            : null;

    /// <summary>Fraction by which the value may vary between runs of unchanged code; zero for counts.</summary>
    [JsonIgnore]
    public double NoiseFraction => MetricUnit.Find(Unit) is { IsCount: true } ? 0 : ValueNoise.Fraction(Minima);
}
