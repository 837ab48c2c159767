using System.Globalization;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Stored result of one row, found in a baseline.</summary>
/// <param name="Stored">The stored result.</param>
/// <param name="FileName">Name of the baseline file in messages.</param>
/// <param name="Document">The whole baseline.</param>
public sealed record BaselineEntry(MetricResult Stored, string FileName, ResultsDocument Document)
{
    /// <summary>True if this machine recorded the result for itself, so that no person accepted it.</summary>
    public bool IsLocal { get; init; }

    /// <summary>
    /// Entry with the oldest accepted result in place of the last one; null if the last accepted result is the oldest.
    /// </summary>
    public BaselineEntry? Oldest => Stored.Anchor is not { } anchor ? null : this with
    {
        Stored = Stored with { Value = anchor.Value, Launches = anchor.Launches, Provenance = anchor.Provenance, Anchor = null },
        Name = "oldest accepted value in",
    };

    /// <summary>
    /// Value of the oldest accepted result at the reference speed. It stays the same while accepted runs neither regress nor improve.
    /// </summary>
    public double? ValueAtReferenceSpeed => (Oldest ?? this).Stored.ValueAtReferenceSpeed;

    /// <summary>Value of the oldest accepted result.</summary>
    public double OldestValue => (Oldest ?? this).Stored.Value;

    /// <summary>Words before the origin in messages.</summary>
    public string Name { get; private init; } = "baseline";

    /// <summary>Name and origin in messages, such as <c>baseline amd-….json of 2026-11-23, commit abc1234</c>.</summary>
    public string Description => $"{Name} {Origin}";

    /// <summary>Origin of the stored result: the one stored with the result, or else the origin of the whole file.</summary>
    public Provenance Provenance => BaselineRecorder.ProvenanceOf(Document, Stored);

    /// <inheritdoc cref="AcceptedRows.Age"/>
    internal (DateTimeOffset Oldest, DateTimeOffset Own) Age => AcceptedRows.Age(Stored, Provenance);

    /// <summary>Origin of the stored result in messages, such as <c>amd-….json of 2026-11-23, commit abc1234</c>.</summary>
    public string Origin
    {
        get
        {
            var commit = Provenance.GitCommit is { Length: > 0 } hash ? $", commit {hash[..Math.Min(7, hash.Length)]}" : string.Empty;
            var day = Stored.Provenance is { } own ? own.Timestamp.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Document.DayText;
            return $"{FileName} of {day}{commit}";
        }
    }
}
