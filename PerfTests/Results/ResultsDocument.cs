using System.Globalization;
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

    /// <summary>Time when the run started, in UTC. Where a file of the seed's shape has no readable one, when it was written.</summary>
    [JsonRequired]
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Timestamp of a file of the seed's shape as it stands there; null for files of this suite.</summary>
    [JsonIgnore]
    public string? TimestampText { get; init; }

    /// <summary>The figures, by key.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, MetricResult> Metrics { get; init; } = new Dictionary<string, MetricResult>();

    /// <summary>Rows of the file that cannot be used, by key, each with the reason; <see cref="Metrics"/> does not have them.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> UnusableRows { get; init; } = new Dictionary<string, string>();

    /// <summary>The rows that ended without a value, by key, and why; null where there is none.</summary>
    public IReadOnlyDictionary<string, NotMeasured>? NotMeasured { get; init; }

    /// <summary>Where they come from.</summary>
    public ResultsMetadata Metadata { get; init; } = new();

    /// <summary>The shape of this file.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>Day of the run, for people: as it stands in the file, or <c>2026-11-23</c>.</summary>
    [JsonIgnore]
    public string DayText => TimestampText ?? Timestamp.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Time of the run, for people: as it stands in the file, or <c>2026-11-23 01:02:03 UTC</c>.</summary>
    [JsonIgnore]
    public string TimeText => TimestampText ?? Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
