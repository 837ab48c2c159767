using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>
/// Judges a row by its stored baseline. A stored value never decides alone. If the stored value suggests a change, the row is measured
/// again: side by side with the baseline's commit or, if that commit is not available, in fresh processes.
/// </summary>
internal sealed class StoredCheck(RunContext context, RowMeasurer measurer, MetricRow row, RowLaunches launches)
{
    /// <summary>
    /// Compares the row with the last accepted value. A row that passes is also compared with the oldest accepted value, because
    /// many small slowdowns can each pass.
    /// </summary>
    public JudgementResult Run(BaselineEntry baseline)
    {
        var judgement = Judge(baseline, context.Settings.StoredTolerance(row));
        return judgement.Verdict == Verdict.Passed && baseline.Oldest is { } oldest
            && JudgeDrift(oldest) is { Verdict: Verdict.Regressed } drift
                ? drift
                : judgement;
    }

    private JudgementResult Judge(BaselineEntry baseline, Tolerance tolerance)
    {
        var comparison = Compare(baseline.Stored, tolerance);
        var text = new JudgementText(row, baseline);
        if (comparison.IsImpossible)
        {
            return Judgement(baseline, comparison, Verdict.Inconclusive, text.Impossible());
        }

        if (!comparison.NeedsPair)
        {
            return Judgement(baseline, comparison, Verdict.Passed, text.Plain(Verdict.Passed, launches.Value, comparison));
        }

        var paired = ConfirmByPairing(baseline, comparison, tolerance, out var whyNotPaired);
        if (comparison.IsSuspect)
        {
            return paired ?? Confirm(baseline, comparison, tolerance, whyNotPaired);
        }

        if (paired is not null && (row.Kind.CanBeStored() || paired.Verdict != Verdict.Inconclusive))
        {
            return paired;
        }

        // A better time of a system call is no evidence of an improvement, but it is no evidence of a regression either.
        return Judgement(
            baseline,
            comparison,
            row.Kind.CanBeStored() ? Verdict.Improved : Verdict.Passed,
            text.Unconfirmed(launches.Value, comparison, paired is null ? whyNotPaired : "pairing was inconclusive"));
    }

    /// <summary>
    /// Returns the verdict on the change since the oldest accepted value. Returns null if that value does not suggest a slowdown.
    /// </summary>
    private JudgementResult? JudgeDrift(BaselineEntry oldest)
    {
        var tolerance = context.Settings.DriftTolerance(row);
        var comparison = Compare(oldest.Stored, tolerance);
        return comparison.IsSuspect
            ? ConfirmByPairing(oldest, comparison, tolerance, out var whyNotPaired) ?? Confirm(oldest, comparison, tolerance, whyNotPaired)
            : null;
    }

    /// <summary>Returns the verdict of pairing with the baseline's commit, or null if pairing is not possible.</summary>
    /// <param name="baseline">Entry of the baseline.</param>
    /// <param name="comparison">Comparison with the stored value.</param>
    /// <param name="tolerance">Tolerance of that comparison.</param>
    /// <param name="whyNot">Receives the reason why the row was not paired; empty if it was.</param>
    private JudgementResult? ConfirmByPairing(
        BaselineEntry baseline, StoredComparison comparison, Tolerance tolerance, out string whyNot)
    {
        if (context.VersionOf(baseline, out whyNot) is not { } version)
        {
            return null;
        }

        var text = new JudgementText(row, baseline);
        if (Shortage.Describe(row.PairedNeeds, MachineResources.Read()) is { } lack)
        {
            whyNot = $"pairing with {version.Label} {lack}";
            return comparison.IsSuspect
                ? Judgement(
                    baseline, comparison, Verdict.Inconclusive, text.CannotConfirm(launches.Value, comparison, version.Label, lack))
                : null;
        }

        try
        {
            var limit = StoredBaselineRule.ConfirmingTolerance(tolerance, context.Settings.PairedTolerance(row));
            var paired = new PairedCheck(measurer, version, context.Candidate).Run(row, limit);
            var judgement = PairedJudgement.Judgement(row, paired, limit, paired.Verdict) with
            {
                BaselineValue = baseline.Stored.Value,
                BaselineFile = baseline.FileName,
                BaselineCommit = baseline.Provenance.GitCommit,
                StoredValueAtReferenceSpeed = baseline.ValueAtReferenceSpeed,
                CandidateSampleNanoseconds = PairedOutcome.SamplesOf(paired.Candidate),
            };
            return judgement with { Message = text.Paired(PairedJudgement.FiguresOf(row, judgement), comparison, paired) };
        }
        catch (UnusableLibrariesException unusable) when (unusable.IsOfBaseline)
        {
            // The benchmark is newer than the baseline's commit, or that commit fails in it. The row is confirmed without a pair.
            whyNot = $"{version.Label} {unusable.Reason}";
            return null;
        }
    }

    /// <summary>
    /// Measures the row again in fresh processes. A regression recurs there; an unlucky code layout or a disturbance does not.
    /// </summary>
    private JudgementResult Confirm(BaselineEntry baseline, StoredComparison comparison, Tolerance tolerance, string whyNotPaired)
    {
        var processes = 0;
        while (comparison.IsSuspect && processes < StoredBaselineRule.ConfirmingProcesses)
        {
            launches.AddFresh(processes);
            processes++;
            comparison = Compare(baseline.Stored, tolerance);
        }

        var verdict = StoredBaselineRule.AfterConfirming(comparison, row.Kind);
        var text = new JudgementText(row, baseline);
        return Judgement(
            baseline, comparison, verdict, text.Confirmed(verdict, row.Kind, launches.Value, comparison, processes, whyNotPaired));
    }

    private StoredComparison Compare(MetricResult baseline, Tolerance tolerance) => baseline.IsMeasured
        ? StoredBaselineRule.Compare(row.Metric.Unit.Better, launches.Minima, baseline.Minima, tolerance)
        : StoredBaselineRule.Compare(row.Metric.Unit.Better, launches.Value, baseline.Value, tolerance);

    private JudgementResult Judgement(BaselineEntry baseline, StoredComparison comparison, Verdict verdict, string message) => new()
    {
        Verdict = verdict,
        Message = message,
        WorsePercent = comparison.IsImpossible ? null : comparison.WorsePercent,
        LimitPercent = comparison.IsImpossible ? null : comparison.LimitPercent,
        LimitAmount = comparison.LimitNanoseconds,
        CandidateValue = launches.Value,
        BaselineValue = baseline.Stored.Value,
        BaselineSampleNanoseconds = baseline.Stored.Launches is { } stored && stored.Any(launch => launch.SampleNanoseconds.Count > 0)
            ? [.. stored.SelectMany(launch => launch.SampleNanoseconds)]
            : null,
        BaselineFile = baseline.FileName,
        BaselineCommit = baseline.Provenance.GitCommit,
        StoredValueAtReferenceSpeed = baseline.ValueAtReferenceSpeed,
    };
}
