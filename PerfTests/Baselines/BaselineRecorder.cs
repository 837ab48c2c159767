using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Adds figures to a baseline file.</summary>
public static class BaselineRecorder
{
    /// <summary>
    /// Writes figures of a run into the file and leaves its other figures as they are, with where they come from;
    /// a run of a few rows must neither cost the rest nor claim it. Writers of one file wait for each other.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isRecorded">Which of its figures are recorded.</param>
    /// <param name="isKnown">Tells whether the catalogue still has a row; others are dropped from the file.</param>
    /// <param name="reason">Why figures worse than those before them are recorded, if they are.</param>
    public static void Record(
        string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown, string? reason = null)
    {
        using var alone = FileLock.Acquire(path);
        RecordAlone(path, run, isRecorded, isKnown, reason);
    }

    /// <summary>Does the same for a caller that holds the lock of the file.</summary>
    internal static void RecordAlone(
        string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown, string? reason)
    {
        var figures = run.Metrics.Where(pair => isRecorded(pair.Value)).ToArray();
        if (figures.Length == 0)
        {
            return;
        }

        var merged = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        if (RealPath.IsFile(path))
        {
            var before = ResultsFile.Read(path);
            foreach (var (key, figure) in before.Metrics)
            {
                Add(key, figure with { Provenance = ProvenanceOf(before, figure) }, isKnown);
            }
        }

        foreach (var (key, figure) in figures)
        {
            // A baseline states figures; what became of them in their own run is no part of it.
            var provenance = ProvenanceOf(run, figure) with { AcceptedDespiteRegression = reason };
            Add(key, figure with { Judgement = null, Provenance = provenance }, _ => true);
        }

        ResultsFile.Write(path, run with { Metrics = merged });

        // One row in two spellings would be two figures of it, and neither could be trusted.
        void Add(string key, MetricResult figure, Func<string, bool> isTaken)
        {
            var common = RowKeys.Common(key);
            if (isTaken(common))
            {
                merged[common] = figure with { Name = common };
            }
        }
    }

    /// <summary>Where a figure of a file comes from.</summary>
    public static Provenance ProvenanceOf(ResultsDocument document, MetricResult figure) => figure.Provenance ?? new Provenance
    {
        GitCommit = document.Metadata.GitCommit,
        GitDirty = document.Metadata.GitDirty,
        Timestamp = document.Timestamp,
    };
}
