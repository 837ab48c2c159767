using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>
/// The figures of a run, or a baseline: the same file. Its first three keys are those of the framework that this
/// suite replaces, so that its files can be read as baselines and ours by its readers.
/// </summary>
public sealed record ResultsDocument
{
    /// <summary>The newest shape that this version can read. Files without a version have the seed's shape.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>When the run started, in UTC.</summary>
    [JsonRequired]
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The figures, by key.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, MetricResult> Metrics { get; init; } = new Dictionary<string, MetricResult>();

    /// <summary>The rows that ended without a value, by key, and why; null where there is none.</summary>
    public IReadOnlyDictionary<string, NotMeasured>? NotMeasured { get; init; }

    /// <summary>Where they come from.</summary>
    public ResultsMetadata Metadata { get; init; } = new();

    /// <summary>The shape of this file.</summary>
    public int SchemaVersion { get; init; }
}
