using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>Makes a run the accepted baseline.</summary>
public static class Acceptance
{
    /// <summary>A baseline is several launches: one process draws one set of layouts, and the next draws another.</summary>
    public const int LeastLaunches = 5;

    /// <summary>Writes the figures of a run into a baseline file.</summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isKnown">Tells whether the catalogue still has a row; others are dropped from the file.</param>
    /// <param name="reason">Why a run that is worse than what it replaces is accepted all the same; kept in the file.
    /// Null: it is refused.</param>
    /// <exception cref="AcceptanceException">The run cannot be accepted; the message says why.</exception>
    /// <exception cref="ResultsFileException">The file that is there cannot be used.</exception>
    /// <exception cref="UnwritableFileException">The file cannot be written.</exception>
    public static void Accept(string path, ResultsDocument run, Func<string, bool> isKnown, string? reason)
    {
        var file = ProjectRoot.Relative(path);
        using var alone = FileLock.Acquire(path);
        var before = RealPath.IsFile(path) ? ResultsFile.Read(path) : null;
        RequireSoundRun(file, run, before);

        string[] worse = [.. run.Metrics.Values.Where(figure => IsWorse(figure, before, file)).Select(figure => figure.Name)];
        if (worse.Length > 0 && string.IsNullOrWhiteSpace(reason))
        {
            throw new AcceptanceException(
                $"The run regressed or could not be judged ({string.Join(", ", worse)}), so it does not become the baseline {file}. "
                + "Accept it all the same by giving a reason, which is kept in the file.");
        }

        BaselineRecorder.RecordAlone(path, run, IsMeasured, isKnown, worse.Length > 0 ? reason : null);
    }

    private static void RequireSoundRun(string file, ResultsDocument run, ResultsDocument? before)
    {
        var measured = run.Metrics.Values.Where(IsMeasured).ToArray();
        if (measured.Length == 0)
        {
            throw new AcceptanceException("The run has no measured figure, so there is nothing to accept.");
        }

        if (before?.Metadata.MachineClass is { } theirs && run.Metadata.MachineClass != theirs)
        {
            throw new AcceptanceException(
                $"{file} is of the machine class {theirs}, and the run of {run.Metadata.MachineClass ?? "an unknown one"}. Give its baseline a name of its own.");
        }

        if (run.Metadata.IsUntrusted)
        {
            throw new AcceptanceException(
                $"The run was measured under conditions that no figure can be trusted under ({string.Join("; ", run.Metadata.Disturbances ?? [])}). Mend them and run again.");
        }

        if (run.Metadata.Base is { } paired)
        {
            throw new AcceptanceException(
                $"The run was paired with {paired}; its figures come from copies that are loaded another way. Run again without PERF_BASE.");
        }

        var tooFew = measured.Where(figure => figure.Launches!.Count < LeastLaunches).Select(figure => figure.Name).ToArray();
        if (tooFew.Length > 0)
        {
            throw new AcceptanceException(
                $"A baseline takes {LeastLaunches} launches of each row, and these have fewer: {string.Join(", ", tooFew)}. Run again with PERF_UPDATE_BASELINE=1, which measures as many.");
        }
    }

    private static bool IsMeasured(MetricResult figure) => figure.Launches is { Count: > 0 };

    /// <summary>Whatever the run was compared with, what counts is the figure that it would replace.</summary>
    private static bool IsWorse(MetricResult figure, ResultsDocument? before, string file)
    {
        if (figure.Judgement?.Verdict is Verdict.Regressed or Verdict.Inconclusive)
        {
            return true;
        }

        var isSettled = figure.Judgement is { Verdict: Verdict.Passed or Verdict.Improved } judgement && judgement.BaselineFile == file;
        var replaced = before?.Metrics.FirstOrDefault(pair => RowKeys.Common(pair.Key) == RowKeys.Common(figure.Name)).Value;
        if (isSettled || !IsMeasured(figure) || replaced is null || !IsMeasured(replaced))
        {
            return false;
        }

        var tolerance = DefaultTolerances.Stored with { Percent = figure.TolerancePercent ?? DefaultTolerances.Stored.Percent };
        return StoredBaselineRule.Compare(MetricUnit.ByName[figure.Unit].Better, Of(figure), Of(replaced), tolerance).IsSuspect;
    }

    private static LaunchFigures[] Of(MetricResult figure) =>
        [.. figure.Launches!.Select(launch => new LaunchFigures(launch.FloorNanoseconds, launch.ReferenceNanoseconds, launch.ParallelReferenceNanoseconds))];
}
