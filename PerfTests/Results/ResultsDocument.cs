using System.Globalization;
using System.Text.Json.Serialization;
using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>
/// Results of a run, or a baseline; both have the same file format. Seed files, the results files of the scripts that this suite
/// replaces, have the same keys timestamp, metrics and metadata. So seed files can serve as baselines, and programs that read
/// seed files can read files of this suite.
/// </summary>
public sealed record ResultsDocument
{
    /// <summary>Newest schema version that this suite can read. A file without a version is a seed file.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Start of the run, in UTC. For a seed file without a readable timestamp: the time when the file was written.</summary>
    [JsonRequired]
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Timestamp of a seed file, as the file spells it; null for files of this suite.</summary>
    [JsonIgnore]
    public string? TimestampText { get; init; }

    /// <summary>Rows with a value, by key.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, MetricResult> Metrics { get; init; } = new Dictionary<string, MetricResult>();

    /// <summary>Rows of the file that cannot be used, by key, each with the reason. <see cref="Metrics"/> does not contain them.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> UnusableRows { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows that ended without a value, by key; null if there are none.</summary>
    public IReadOnlyDictionary<string, NotMeasured>? NotMeasured { get; init; }

    /// <summary>Commit, machine and circumstances of the run.</summary>
    public ResultsMetadata Metadata { get; init; } = new();

    /// <summary>Version of the file format.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>Day of the run, for display: the timestamp as the file spells it, or a date such as <c>2026-11-23</c>.</summary>
    [JsonIgnore]
    public string DayText => TimestampText ?? Timestamp.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>
    /// Time of the run, for display: the timestamp as the file spells it, or a time such as <c>2026-11-23 01:02:03 UTC</c>.
    /// </summary>
    [JsonIgnore]
    public string TimeText => TimestampText ?? Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Verdict on the run as a whole.</summary>
    [JsonIgnore]
    public RunVerdict Verdict
    {
        get
        {
            var failed = NotMeasured?.Values.Count(row => row.Outcome == NotMeasuredOutcome.Failed) ?? 0;
            return new RunVerdict(
                [.. Metrics.Values.Select(row => row.Judgement?.Verdict)],
                failed,
                (NotMeasured?.Count ?? 0) - failed,
                Metadata.RowsAskedFor,
                Metadata.IsInterrupted);
        }
    }
}
