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

        var paired = ConfirmByPairing(baseline, comparison, tolerance);
        if (comparison.IsSuspect)
        {
            return paired ?? Confirm(baseline, comparison, tolerance);
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
            text.Unconfirmed(launches.Value, comparison, isPaired: paired is not null));
    }

    /// <summary>
    /// Returns the verdict on the change since the oldest accepted value. Returns null if that value does not suggest a slowdown.
    /// </summary>
    private JudgementResult? JudgeDrift(BaselineEntry oldest)
    {
        var tolerance = context.Settings.DriftTolerance(row);
        var comparison = Compare(oldest.Stored, tolerance);
        return comparison.IsSuspect
            ? ConfirmByPairing(oldest, comparison, tolerance) ?? Confirm(oldest, comparison, tolerance)
            : null;
    }

    /// <summary>Returns the verdict of pairing with the baseline's commit, or null if pairing is not possible.</summary>
    private JudgementResult? ConfirmByPairing(BaselineEntry baseline, StoredComparison comparison, Tolerance tolerance)
    {
        if (context.VersionOf(baseline) is not { } version)
        {
            return null;
        }

        var text = new JudgementText(row, baseline);
        if (Shortage.Describe(row.PairedNeeds, MachineResources.Read()) is { } lack)
        {
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
        catch (MissingApiException)
        {
            // The benchmark has changed since the baseline and calls an API that the baseline's libraries lack.
            return null;
        }
    }

    /// <summary>
    /// Measures the row again in fresh processes. A regression recurs there; an unlucky code layout or a disturbance does not.
    /// </summary>
    private JudgementResult Confirm(BaselineEntry baseline, StoredComparison comparison, Tolerance tolerance)
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
            baseline, comparison, verdict, text.Confirmed(verdict, row.Kind, launches.Value, comparison, processes));
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
