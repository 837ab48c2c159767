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
    /// <param name="counts">
    /// Tells by the origin of a stored result whether it counts; null if all count. Results that do not count are removed from the file.
    /// </param>
    public static void Record(
        string path,
        ResultsDocument run,
        Func<MetricResult, bool> isRecorded,
        Func<string, bool> isKnown,
        Func<Provenance, bool>? counts = null)
    {
        using var alone = FileLock.Acquire(path);
        var before = AcceptedRows.Read(path);
        if (counts is not null)
        {
            before.Keep(counts);
        }

        RecordAlone(path, run, before, isRecorded, isKnown, _ => null);
    }

    /// <summary>Records results of a run. The caller must hold the lock of the file.</summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="before">Rows that are accepted so far.</param>
    /// <param name="isRecorded">Selects the results to record.</param>
    /// <param name="isKnown">Tells whether the catalogue still has the row of a key.</param>
    /// <param name="consent">Returns why a result is accepted although it is worse; null for a result that is not worse.</param>
    internal static void RecordAlone(
        string path,
        ResultsDocument run,
        AcceptedRows before,
        Func<MetricResult, bool> isRecorded,
        Func<string, bool> isKnown,
        Func<MetricResult, Consent?> consent)
    {
        MetricResult[] recorded = [.. run.Metrics.Values.Where(isRecorded)];
        if (recorded.Length == 0)
        {
            return;
        }

        var merged = new SortedDictionary<string, MetricResult>(StringComparer.Ordinal);
        foreach (var (key, stored) in before.Rows.Where(row => isKnown(row.Key)))
        {
            merged[key] = stored;
        }

        foreach (var result in recorded)
        {
            var key = CatalogueKeys.Common(result.Name);
            var reason = consent(result);

            // A baseline holds values, but not the verdicts that the run gave on them.
            merged[key] = result with
            {
                Name = key,
                Judgement = null,
                Provenance = ProvenanceOf(run, result) with { AcceptedDespiteRegression = reason?.Reason, AcceptedBy = reason?.By },
                Anchor = Anchor.For(before.Rows.GetValueOrDefault(key), result, isWorseOnPurpose: reason is not null),
            };
        }

        ResultsFile.Write(path, run with { Metrics = merged });
    }

    /// <summary>Returns the origin of a result: the one stored with the result, or else the origin of its file.</summary>
    public static Provenance ProvenanceOf(ResultsDocument document, MetricResult result) => result.Provenance ?? new Provenance
    {
        GitCommit = document.Metadata.GitCommit,
        GitDirty = document.Metadata.GitDirty,
        Timestamp = document.Timestamp,
    };
}
