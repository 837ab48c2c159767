using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Adds figures to a baseline file.</summary>
public static class BaselineRecorder
{
    /// <summary>
    /// Writes figures of a run into the file and leaves its other figures as they are, with where they come from;
    /// a run of a few rows must neither cost the rest nor claim it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isRecorded">Which of its figures are recorded.</param>
    /// <param name="isKnown">Tells whether the catalogue still has a row; others are dropped from the file.</param>
    /// <param name="reason">Why figures worse than those before them are recorded, if they are.</param>
    public static void Record(
        string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown, string? reason = null)
    {
        var figures = run.Metrics.Where(pair => isRecorded(pair.Value)).ToArray();
        if (figures.Length == 0)
        {
            return;
        }

        var merged = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            var before = ResultsFile.Read(path);
            foreach (var (key, figure) in before.Metrics.Where(pair => isKnown(pair.Key)))
            {
                merged[key] = figure with { Provenance = ProvenanceOf(before, figure) };
            }
        }

        foreach (var (key, figure) in figures)
        {
            // A baseline states figures; what became of them in their own run is no part of it.
            merged[key] = figure with
            {
                Judgement = null,
                Provenance = ProvenanceOf(run, figure) with { AcceptedDespiteRegression = reason },
            };
        }

        ResultsFile.Write(path, run with { Metrics = merged });
    }

    /// <summary>Where a figure of a file comes from.</summary>
    public static Provenance ProvenanceOf(ResultsDocument document, MetricResult figure) => figure.Provenance ?? new Provenance
    {
        GitCommit = document.Metadata.GitCommit,
        GitDirty = document.Metadata.GitDirty,
        Timestamp = document.Timestamp,
    };
}
