using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Records results of a run in a baseline file.</summary>
public static class BaselineRecorder
{
    /// <summary>
    /// Records results of a run. The other rows of the file stay and keep their origin, so a run of a few rows leaves the rest
    /// unchanged. Concurrent writers of one file wait for each other.
    /// </summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isRecorded">Selects the results to record.</param>
    /// <param name="isKnown">
    /// Tells whether the catalogue still has the row of a key. Rows that the catalogue lacks are removed from the file.
    /// </param>
    /// <param name="reason">Reason for recording values that are worse than the stored ones; null if no value is worse.</param>
    public static void Record(
        string path, ResultsDocument run, Func<MetricResult, bool> isRecorded, Func<string, bool> isKnown, string? reason = null)
    {
        using var alone = FileLock.Acquire(path);
        RecordAlone(path, run, isRecorded, isKnown, reason);
    }

    /// <summary>Records results of a run. The caller must hold the lock of the file.</summary>
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
            // A baseline holds values, but not the verdicts that the run gave on them.
            var provenance = ProvenanceOf(run, result) with { AcceptedDespiteRegression = reason };
            Add(key, result with { Judgement = null, Provenance = provenance }, _ => true);
        }

        ResultsFile.Write(path, run with { Metrics = merged });

        // Under two spellings of its key, one row would have two values. Readers refuse such a file, so keys get one spelling.
        void Add(string key, MetricResult result, Func<string, bool> isKept)
        {
            var common = CatalogueKeys.Common(key);
            if (isKept(common))
            {
                merged[common] = result with { Name = common };
            }
        }
    }

    /// <summary>Returns the origin of a result: the one stored with the result, or else the origin of its file.</summary>
    public static Provenance ProvenanceOf(ResultsDocument document, MetricResult result) => result.Provenance ?? new Provenance
    {
        GitCommit = document.Metadata.GitCommit,
        GitDirty = document.Metadata.GitDirty,
        Timestamp = document.Timestamp,
    };
}
