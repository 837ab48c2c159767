using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Instructions;
using PerfTests.Metrics.Counted;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>
/// Counts the instructions of a row, and compares the count with a stored count or with another version's. A stored count serves
/// only if the runtime version and the processor features are the same. Another version is counted in the same process.
/// </summary>
internal sealed class InstructionCheck(RunContext context, RowMeasurer measurer, CountedRow row, Counting.Instructions counting)
{
    private const string Candidate = MeasurementPlan.CandidateSide, Baseline = MeasurementPlan.BaselineSide;

    private readonly InstructionText _text = new(row);

    /// <summary>
    /// Counts and judges the row. Returns the judged result, and the result to store in the local baseline; the second is null if
    /// there is nothing to store.
    /// </summary>
    public (MetricResult Result, MetricResult? Local) Run()
    {
        if (context.Base is { } named)
        {
            return (Pair(named, string.Empty, out var whyNot) ?? NotComparable($"{named.Label} {whyNot!.Reason}"), null);
        }

        var stored = context.Baselines.Find(row, null, out var whyNotStored);
        if (stored is not null)
        {
            var compared = CompareWithStored(stored);

            // Without the new count, the operation could take as many instructions again as before.
            return (compared, stored.IsLocal && compared.Judgement!.Verdict == Verdict.Improved ? compared : null);
        }

        var reference = context.Reference;
        var end = JudgementText.EndOfUpdate(context.IsUpdatingBaseline, reference.IsMissing);
        UnusableLibrariesException? unusable = null;
        var result = reference.Version is { } version
            ? Pair(version, $"; {whyNotStored}, and {reference.Text}", out unusable)
                ?? NotComparable(
                    $"{version.Label} {unusable!.Reason}",
                    context.IsUpdatingBaseline && !unusable.LacksApi ? Verdict.Inconclusive : Verdict.NotComparable)
            : NotComparable(
                $"{whyNotStored}, and {reference.Text}{end}",
                context.IsUpdatingBaseline && !reference.IsMissing ? Verdict.Inconclusive : Verdict.NotComparable);

        // Without a version to compare with, the first count is stored, as for timed rows. If the version fails in the benchmark, the count
        // may be larger than before, and is not stored.
        var isKept = reference.Version is null ? reference.IsMissing
            : unusable?.LacksApi ?? result.Judgement!.Verdict is Verdict.Passed or Verdict.Improved;
        return (result, isKept ? result : null);
    }

    private MetricResult CompareWithStored(BaselineEntry stored)
    {
        var count = Count((Candidate, context.Candidate))[0];
        (stored, var verdict, var limit) = StoredCount.Compare(
            count.PerOperation, stored, context.Settings.DriftTolerance(row).Percent);

        // Counting the baseline's commit confirms the change, and shows in which methods it is.
        if (verdict != Verdict.Passed
            && context.VersionOf(stored, out _) is { } version
            && Pair(version, $"; the {stored.Description} is {InstructionText.Format(stored.Stored.Value)}", out _, limit) is { } paired)
        {
            return paired with { Judgement = paired.Judgement! with { SuspectedFile = stored.FileName } };
        }

        return Result(count, new JudgementResult
        {
            Verdict = verdict,
            Message = _text.Change(verdict, stored.Stored.Value, count.PerOperation)
                + $", {stored.Description}; {InstructionText.Detail(count)}",
            WorsePercent = InstructionText.Percent(stored.Stored.Value, count.PerOperation),
            LimitPercent = limit,
            LimitAmount = InstructionRule.SmallestChange,
            BaselineValue = stored.Stored.Value,
            BaselineFile = stored.FileName,
            BaselineCommit = stored.Provenance.GitCommit,
            StoredValueAtReferenceSpeed = stored.OldestValue,
        });
    }

    /// <summary>Counts both versions in one process and returns the judged result; null if the baseline cannot run the benchmark.</summary>
    /// <param name="baseline">Version to compare with.</param>
    /// <param name="end">End of the message.</param>
    /// <param name="whyNot">Receives the reason why the baseline cannot run the benchmark; null if it can.</param>
    /// <param name="limit">Allowed increase in percent.</param>
    private MetricResult? Pair(
        LibraryVersion baseline, string end, out UnusableLibrariesException? whyNot, double limit = InstructionRule.TolerancePercent)
    {
        whyNot = null;
        try
        {
            var counts = Count((Baseline, baseline), (Candidate, context.Candidate));
            var (before, after) = (counts[0], counts[1]);
            var verdict = InstructionRule.Compare(after.PerOperation, before.PerOperation, limit);
            return Result(after, new JudgementResult
            {
                Verdict = verdict,
                Message = _text.Change(verdict, before.PerOperation, after.PerOperation)
                    + $"{InstructionText.Methods(before, after)}, paired with {baseline.Label}; {InstructionText.Detail(after)}{end}",
                WorsePercent = InstructionText.Percent(before.PerOperation, after.PerOperation),
                LimitPercent = limit,
                LimitAmount = InstructionRule.SmallestChange,
                Methods = InstructionText.Changes(before, after),
                BaselineValue = before.PerOperation,
                BaselineCommit = baseline.Label,
                StoredValueAtReferenceSpeed = context.Baselines.Find(row, null, out _)?.OldestValue,
            });
        }
        catch (UnusableLibrariesException unusable) when (unusable.IsOfBaseline)
        {
            whyNot = unusable;
            return null;
        }
    }

    private MetricResult NotComparable(string why, Verdict verdict = Verdict.NotComparable)
    {
        var count = Count((Candidate, context.Candidate))[0];
        return Result(count, new JudgementResult
        {
            Verdict = verdict,
            Reason = why,
            Message = $"{VerdictName.Of(verdict)}: {row.Label} is {InstructionText.Format(count.PerOperation)}; {why}",
        });
    }

    private IReadOnlyList<InstructionCount> Count(params IReadOnlyList<(string Name, LibraryVersion Version)> sides) =>
        measurer.Log.Step(
            sides.Count == 1 ? "Count" : $"Count, paired with {sides[0].Version.Label}",
            () => RowCounter.CountInstructions(counting, sides));

    private MetricResult Result(InstructionCount count, JudgementResult judgement) =>
        CountedCheck.Compose(row, count.PerOperation, null, judgement) with
        {
            TolerancePercent = InstructionRule.TolerancePercent,
            CompilationTarget = CompilationTarget.Current,
            CountedRow = counting.Row.Key,
            InstructionsByMethod = InstructionText.ByMethod(count),
        };
}
