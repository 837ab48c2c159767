using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Records results of a run in a baseline file.</summary>
public static class BaselineRecorder
{
    /// <summary>
    /// Records results of a run. Other rows of the file stay, each with its own origin, so that a run of a few rows neither removes
    /// nor claims the rest. Concurrent writers of one file wait for each other.
    /// </summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isRecorded">Selects the results to record.</param>
    /// <param name="isKnown">Tells whether the catalogue still has a row; others are removed from the file.</param>
    /// <param name="reason">Reason for recording values that are worse than the stored ones; null if none is worse.</param>
    public static void Record(
        string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown, string? reason = null)
    {
        using var alone = FileLock.Acquire(path);
        RecordAlone(path, run, isRecorded, isKnown, reason);
    }

    /// <summary>Records results for a caller that holds the lock of the file.</summary>
    internal static void RecordAlone(
        string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown, string? reason)
    {
        var recorded = run.Metrics.Where(pair => isRecorded(pair.Value)).ToArray();
        if (recorded.Length == 0)
        {
            return;
        }

        var merged = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        if (RealPath.IsFile(path))
        {
            var before = ResultsFile.Read(path, CatalogueKeys.Known);
            foreach (var (key, stored) in before.Metrics)
            {
                Add(key, stored with { Provenance = ProvenanceOf(before, stored) }, isKnown);
            }
        }

        foreach (var (key, result) in recorded)
        {
            // A baseline holds values; the verdict on them in their own run is not part of it.
            var provenance = ProvenanceOf(run, result) with { AcceptedDespiteRegression = reason };
            Add(key, result with { Judgement = null, Provenance = provenance }, _ => true);
        }

        ResultsFile.Write(path, run with { Metrics = merged });

        // Two spellings of one row would be two values for it, and a reader refuses such a file.
        void Add(string key, MetricResult result, Func<string, bool> isKept)
        {
            var common = CatalogueKeys.Common(key);
            if (isKept(common))
            {
                merged[common] = result with { Name = common };
            }
        }
    }

    /// <summary>Returns the origin of a result: its own, or else that of its file.</summary>
    public static Provenance ProvenanceOf(ResultsDocument document, MetricResult result) => result.Provenance ?? new Provenance
    {
        GitCommit = document.Metadata.GitCommit,
        GitDirty = document.Metadata.GitDirty,
        Timestamp = document.Timestamp,
    };
}
