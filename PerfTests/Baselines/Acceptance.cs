using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>Accepts a run as the baseline.</summary>
public static class Acceptance
{
    /// <summary>Fewest launches per row. Each process gets a random layout of code and data, so one launch shows only one layout.</summary>
    public const int LeastLaunches = 5;

    /// <summary>Writes the measured results of a run into a baseline file.</summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isKnown">
    /// Tells whether the catalogue still has the row of a key. Rows that the catalogue lacks are removed from the file.
    /// </param>
    /// <param name="reason">
    /// Reason for accepting values that are worse than the stored ones. The file keeps the reason. Without a reason, a run with
    /// such values is refused.
    /// </param>
    /// <exception cref="AcceptanceException">The run cannot be accepted; the message says why.</exception>
    /// <exception cref="ResultsFileException">The existing file cannot be used.</exception>
    /// <exception cref="UnwritableFileException">The file cannot be written.</exception>
    public static void Accept(string path, ResultsDocument run, Func<string, bool> isKnown, string? reason)
    {
        var file = ProjectRoot.Relative(path);
        using var alone = FileLock.Acquire(path);
        var before = RealPath.IsFile(path) ? ResultsFile.Read(path, CatalogueKeys.Known) : null;
        RequireSoundRun(file, run, before);

        string[] worse = [.. run.Metrics.Values.Where(result => IsWorse(result, before, file)).Select(result => result.Name)];
        if (worse.Length > 0 && string.IsNullOrWhiteSpace(reason))
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: rows regressed or could not be judged ({string.Join(", ", worse)}). "
                + "To accept the run all the same, give a reason, which the file keeps.");
        }

        BaselineRecorder.RecordAlone(path, run, result => result.IsStored, isKnown, worse.Length > 0 ? reason : null);
    }

    private static void RequireSoundRun(string file, ResultsDocument run, ResultsDocument? before)
    {
        var measured = run.Metrics.Values.Where(result => result.IsMeasured).ToArray();
        if (!run.Metrics.Values.Any(result => result.IsStored))
        {
            throw new AcceptanceException($"Cannot accept the run as the baseline {file}: it has no measured value.");
        }

        if (before?.Metadata.MachineClass is { } theirs && run.Metadata.MachineClass != theirs)
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

        var impossible = measured.Where(result => !result.Minima.All(launch => launch.IsPossible)).Select(result => result.Name).ToArray();
        if (impossible.Length > 0)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: rows have times that are not numbers above zero "
                + $"({string.Join(", ", impossible)}). Run again.");
        }

        var tooFew = measured.Where(result => result.Launches!.Count < LeastLaunches).Select(result => result.Name).ToArray();
        if (tooFew.Length > 0)
        {
            throw new AcceptanceException(
                $"Cannot accept the run as the baseline {file}: rows have fewer than {LeastLaunches} launches "
                + $"({string.Join(", ", tooFew)}). Run again with PERF_UPDATE_BASELINE=1, which measures enough launches.");
        }
    }

    /// <summary>
    /// Tells whether a result is worse than the stored result that it would replace. If the run used another baseline, this
    /// method compares the two results itself.
    /// </summary>
    private static bool IsWorse(MetricResult result, ResultsDocument? before, string file)
    {
        if (result.Judgement?.Verdict is Verdict.Regressed or Verdict.Inconclusive)
        {
            return true;
        }

        var wasComparedWithThis = result.Judgement is { Verdict: Verdict.Passed or Verdict.Improved } judgement
            && judgement.BaselineFile == file;
        var stored = before?.Metrics.FirstOrDefault(pair => CatalogueKeys.Common(pair.Key) == CatalogueKeys.Common(result.Name)).Value;
        if (!wasComparedWithThis && stored is not null && result.CompilationTarget is { } target && target == stored.CompilationTarget)
        {
            return InstructionRule.Compare(result.Value, stored.Value) is Verdict.Regressed or Verdict.Inconclusive;
        }

        if (wasComparedWithThis || !result.IsMeasured || stored is not { IsMeasured: true })
        {
            return false;
        }

        var tolerance = DefaultTolerances.Stored with { Percent = result.TolerancePercent ?? DefaultTolerances.Stored.Percent };
        return StoredBaselineRule.Compare(MetricUnit.ByName[result.Unit].Better, result.Minima, stored.Minima, tolerance)
            is { IsSuspect: true } or { IsImpossible: true };
    }
}
