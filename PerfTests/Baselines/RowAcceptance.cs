using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>Decides for one row of a run whether its value may become the accepted one.</summary>
/// <param name="accepted">Rows that are accepted so far.</param>
/// <param name="files">Baselines whose comparison with the run need not be repeated.</param>
internal sealed class RowAcceptance(AcceptedRows accepted, IReadOnlyCollection<string> files)
{
    /// <summary>
    /// Returns the verdict on a result: that of its run, if the run compared the result with an accepted value, and otherwise that of
    /// comparing the stored values.
    /// </summary>
    public Verdict Judge(MetricResult result)
    {
        if (result.Judgement?.Verdict is Verdict.Regressed or Verdict.Inconclusive)
        {
            return result.Judgement.Verdict;
        }

        if (!result.Minima.All(launch => launch.IsPossible))
        {
            return Verdict.Inconclusive;
        }

        var stored = accepted.Rows.GetValueOrDefault(CatalogueKeys.Common(result.Name));
        if (stored is null || !stored.IsStored)
        {
            return result.Judgement?.Verdict ?? Verdict.NotComparable;
        }

        return WasCompared(result) ? result.Judgement!.Verdict
            : result.CompilationTarget is { } target ? Count(result, stored, target)
            : Time(result, stored);
    }

    private bool WasCompared(MetricResult result) =>
        result.Judgement is { Verdict: Verdict.Passed or Verdict.Improved } judgement
        && (judgement.BaselineFile ?? judgement.SuspectedFile) is { } file
        && files.Contains(file);

    private static Verdict Count(MetricResult result, MetricResult stored, Machine.CompilationTarget target)
    {
        if (target != stored.CompilationTarget)
        {
            return Verdict.NotComparable;
        }

        var verdict = InstructionRule.Compare(result.Value, stored.Value);
        return verdict == Verdict.Passed && stored.Anchor is { } anchor
            && InstructionRule.Compare(result.Value, anchor.Value, DefaultTolerances.Drift.Percent) == Verdict.Regressed
                ? Verdict.Regressed
                : verdict;
    }

    private static Verdict Time(MetricResult result, MetricResult stored)
    {
        if (!result.IsMeasured || !stored.IsMeasured)
        {
            return Verdict.NotComparable;
        }

        var tolerance = DefaultTolerances.Stored with { Percent = result.TolerancePercent ?? DefaultTolerances.Stored.Percent };
        var verdict = Compare(stored.Minima, tolerance);
        return verdict == Verdict.Passed && stored.Anchor?.Launches is { Count: > 0 } oldest
            && Compare([.. oldest.Select(launch => launch.Minima)], DefaultTolerances.Drift) == Verdict.Regressed
                ? Verdict.Regressed
                : verdict;

        Verdict Compare(IReadOnlyList<LaunchMinima> baseline, Tolerance allowed) => StoredBaselineRule.WithoutConfirming(
            StoredBaselineRule.Compare(MetricUnit.ByName[result.Unit].Better, result.Minima, baseline, allowed));
    }
}
