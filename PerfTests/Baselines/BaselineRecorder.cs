using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Adds figures to a baseline file.</summary>
public static class BaselineRecorder
{
    /// <summary>
    /// Writes these figures into the file and leaves its other figures as they are; a run of a few rows must not
    /// cost the rest.
    /// </summary>
    public static void Record(string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown)
    {
        var figures = run.Metrics.Where(pair => isRecorded(pair.Value)).ToArray();
        if (figures.Length == 0)
        {
            return;
        }

        var merged = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            // A row that the catalogue no longer has is not carried on.
            foreach (var (key, figure) in ResultsFile.Read(path).Metrics.Where(pair => isKnown(pair.Key)))
            {
                merged[key] = figure;
            }
        }

        foreach (var (key, figure) in figures)
        {
            // A baseline states figures; what became of them in their own run is no part of it.
            merged[key] = figure with { Judgement = null };
        }

        ResultsFile.Write(path, run with { Metrics = merged });
    }
}
