using System.Globalization;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>What a baseline says of one row.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="FileName">The file, for messages.</param>
/// <param name="Document">The whole baseline.</param>
public sealed record BaselineEntry(MetricResult Figure, string FileName, ResultsDocument Document)
{
    /// <summary>Where the figure comes from: what it says itself, or else what the file says of all its figures.</summary>
    public Provenance Provenance => BaselineRecorder.ProvenanceOf(Document, Figure);

    /// <summary>For messages: <c>amd-….json of 2026-11-23, commit abc1234</c>.</summary>
    public string Origin
    {
        get
        {
            var commit = Provenance.GitCommit is { Length: > 0 } hash ? $", commit {hash[..Math.Min(7, hash.Length)]}" : string.Empty;
            var day = Figure.Provenance is { } own ? own.Timestamp.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Document.DayText;
            return $"{FileName} of {day}{commit}";
        }
    }
}
