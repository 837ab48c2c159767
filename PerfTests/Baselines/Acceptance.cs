using PerfTests.Files;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>Accepts a run as the baseline.</summary>
public static class Acceptance
{
    /// <summary>Fewest launches per row. Each process gets a random layout of code and data, so one launch shows only one layout.</summary>
    public const int MinLaunches = 5;

    /// <summary>
    /// Writes the measured results of a run into a baseline file. Rows that the run does not have, and rows that it could not judge,
    /// keep their earlier entry.
    /// </summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isKnown">
    /// Tells whether the catalogue still has the row of a key. Rows that the catalogue lacks are removed from the file.
    /// </param>
    /// <param name="consent">
    /// Reason for accepting values that are worse than the stored ones, or that could not be judged. The file keeps the reason. Without a
    /// reason, a run with a worse value is refused.
    /// </param>
    /// <param name="others">Further baselines of the machine class. Their rows are accepted too, and are copied to the file.</param>
    /// <returns>The accepted rows, and the rows that could not be judged.</returns>
    /// <exception cref="AcceptanceException">The run cannot be accepted; the message says why.</exception>
    /// <exception cref="ResultsFileException">An existing file cannot be used.</exception>
    /// <exception cref="UnwritableFileException">The file cannot be written.</exception>
    public static AcceptanceOutcome Accept(
        string path, ResultsDocument run, Func<string, bool> isKnown, Consent? consent = null, params IReadOnlyCollection<string> others)
    {
        var file = ProjectRoot.Relative(path);
        using var alone = FileLock.Acquire(path);
        var before = AcceptedRows.Read([path, .. others]);
        RequireSoundRun(file, run, before);

        var rule = new RowAcceptance(before, [file, .. others.Select(ProjectRoot.Relative)]);
        var judged = run.Metrics.Values.Where(result => result.IsStored)
            .Select(result => (Result: result, Verdict: rule.Judge(result)))
            .ToLookup(row => row.Verdict, row => row.Result);
        var limited = run.Metrics.Values.Where(result => !result.IsStored && result.Judgement?.Verdict == Verdict.Regressed);
        MetricResult[] regressed = [.. judged[Verdict.Regressed], .. limited];
        if (regressed.Length > 0 && consent is null)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: rows regressed ({Names(regressed)}). "
                + "To accept them all the same, give a reason, which the file keeps: run again with \"PERF_UPDATE_REASON=REASON\", or run "
                + "dotnet run --project PerfTests -- baseline accept RESULTS --force \"REASON\".");
        }

        MetricResult[] notJudged = [.. judged[Verdict.Inconclusive].Where(result => consent is null || !IsPossible(result))];
        MetricResult[] worse = [.. judged[Verdict.Regressed], .. judged[Verdict.Inconclusive].Except(notJudged)];
        var left = notJudged.Select(result => result.Name).ToHashSet(StringComparer.Ordinal);
        bool IsRecorded(MetricResult result) => result.IsStored && !left.Contains(result.Name);
        BaselineRecorder.RecordAlone(path, run, before, IsRecorded, isKnown, result => worse.Contains(result) ? consent : null);
        return new AcceptanceOutcome(
            Keys(run.Metrics.Values.Where(IsRecorded)), Keys(worse), Keys(judged[Verdict.NotComparable]), Keys(notJudged));
    }

    private static void RequireSoundRun(string file, ResultsDocument run, AcceptedRows before)
    {
        if (!run.Metrics.Values.Any(result => result.IsStored))
        {
            throw new AcceptanceException($"Cannot accept the run as the baseline {file}: it has no measured value.");
        }

        if (before.MachineClass is { } theirs && run.Metadata.MachineClass != theirs)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: the baseline is of machine class {theirs}, and the run is of "
                + $"machine class {run.Metadata.MachineClass ?? "(unknown)"}. Accept the run as a baseline with another name.");
        }

        if (run.Metadata.IsUntrusted)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: it was measured under conditions that make all values unusable "
                + $"({string.Join("; ", run.Metadata.Disturbances ?? [])}). Remove these conditions and run again.");
        }

        if (run.Metadata.Baseline is { } paired)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: it was paired with {paired}, and paired values come from layout copies "
                + "that are loaded in another way. Run again without PERF_BASE.");
        }

        var tooFew = run.Metrics.Values.Where(result => result.IsMeasured && result.Launches!.Count < MinLaunches).ToArray();
        if (tooFew.Length > 0)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: rows have fewer than {MinLaunches} launches "
                + $"({Names(tooFew)}). Run again with PERF_UPDATE_BASELINE=1, which measures enough launches.");
        }
    }

    private static bool IsPossible(MetricResult result) => result.Minima.All(launch => launch.IsPossible);

    private static string[] Keys(IEnumerable<MetricResult> results) => [.. results.Select(result => result.Name)];

    private static string Names(IEnumerable<MetricResult> results) => string.Join(", ", Keys(results));
}
