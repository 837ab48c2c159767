using System.Diagnostics;
using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>
/// Measures a row and judges it by its stored baseline. A stored value never decides alone. If the stored value suggests a
/// change, the row is measured again: side by side with the baseline's commit or, if that commit is not available, in fresh
/// processes.
/// </summary>
internal sealed class RowCheck(RunContext context, RowMeasurer measurer, MetricRow row)
{
    /// <summary>Time limit for the further launches of a row whose value is stored only in the local baseline.</summary>
    private static readonly TimeSpan s_localTimeLimit = TimeSpan.FromSeconds(5);

    private readonly List<Launch> _launches = [];

    /// <summary>
    /// Measures and judges the row. Returns the judged result, and the result to store in the local baseline; the second is
    /// null if there is nothing to store.
    /// </summary>
    public (MetricResult Result, MetricResult? Local) Run()
    {
        string whyNotStored = string.Empty, whyNotPaired = string.Empty;
        var baseline = measurer.Log.Step(StepNames.LoadBaseline, () => context.Baselines.Find(row, Workload, out whyNotStored));
        var reference = new ReferenceCheck(context, measurer, row);
        if (baseline is null && !context.IsUpdatingBaseline)
        {
            var paired = measurer.Log.Step(StepNames.Judge, () => reference.Run(whyNotStored, out whyNotPaired));
            if (paired is not null)
            {
                return (paired, MeasureForThisMachine(paired.Judgement!));
            }
        }

        var result = RunAlone(baseline, whyNotStored, whyNotPaired);
        return (result, baseline is null && reference.IsFirst ? result : null);
    }

    private MetricResult RunAlone(BaselineEntry? baseline, string whyNotStored, string whyNotPaired)
    {
        MeasureHere();
        var judgement = measurer.Log.Step(
            StepNames.Judge, () => baseline is null ? NotComparable(whyNotStored, whyNotPaired) : Judge(baseline));
        if (baseline is null || context.IsUpdatingBaseline)
        {
            MeasureForABaseline();
        }

        return RowResult.Compose(row, _launches, Tolerance, Workload, judgement);
    }

    /// <summary>
    /// Measures the row for the local baseline. Returns null if local values are not stored in this run, or if the row did not
    /// pass.
    /// </summary>
    private MetricResult? MeasureForThisMachine(JudgementResult judgement)
    {
        if (!context.IsRecordingLocally || judgement.Verdict is not (Verdict.Passed or Verdict.Improved))
        {
            return null;
        }

        MeasureHere();
        MeasureForABaseline();
        return RowResult.Compose(row, _launches, Tolerance, Workload, judgement);
    }

    private void MeasureHere() =>
        _launches.Add(measurer.Log.Step("Launch 1, in the test process", () => measurer.MeasureHere(row, context.Candidate)));

    private string? Workload => row.ReadsTrace ? context.Workload : null;

    private Tolerance Tolerance => context.Settings.StoredTolerance(row);

    private JudgementResult Judge(BaselineEntry baseline)
    {
        var comparison = Compare(baseline.Stored);
        var text = new JudgementText(row, baseline);
        if (comparison.IsImpossible)
        {
            return Judgement(baseline, comparison, Verdict.Inconclusive, text.Impossible());
        }

        if (comparison.IsSuspect)
        {
            return ConfirmByPairing(baseline, comparison, text) ?? Confirm(baseline, comparison, text);
        }

        if (!comparison.IsBetter)
        {
            return Judgement(baseline, comparison, Verdict.Passed, text.Plain(Verdict.Passed, Value, comparison));
        }

        // If the stored value was measured too slow, every later value looks improved, even after a slowdown. So pairing must
        // confirm an improvement.
        var paired = ConfirmByPairing(baseline, comparison, text);
        if (paired is not null && (row.Kind.CanBeStored() || paired.Verdict != Verdict.Inconclusive))
        {
            return paired;
        }

        // A better time of a system call is no evidence of an improvement, but it is no evidence of a regression either.
        return Judgement(
            baseline,
            comparison,
            row.Kind.CanBeStored() ? Verdict.Improved : Verdict.Passed,
            text.Unconfirmed(Value, comparison, isPaired: paired is not null));
    }

    /// <summary>Returns the verdict of pairing with the baseline's commit, or null if pairing is not possible.</summary>
    private JudgementResult? ConfirmByPairing(BaselineEntry baseline, StoredComparison comparison, JudgementText text)
    {
        if (context.VersionOf(baseline) is not { } version)
        {
            return null;
        }

        if (Shortage.Describe(row.PairedNeeds, MachineResources.Read()) is { } lack)
        {
            return comparison.IsSuspect
                ? Judgement(baseline, comparison, Verdict.Inconclusive, text.CannotConfirm(Value, comparison, version.Label, lack))
                : null;
        }

        try
        {
            var tolerance = StoredBaselineRule.ConfirmingTolerance(Tolerance, context.Settings.PairedTolerance(row));
            var paired = new PairedCheck(measurer, version, context.Candidate).Run(row, tolerance);
            var judgement = PairedJudgement.Judgement(row, paired, tolerance, paired.Verdict) with
            {
                BaselineValue = baseline.Stored.Value,
                BaselineFile = baseline.FileName,
                BaselineCommit = baseline.Provenance.GitCommit,
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
    private JudgementResult Confirm(BaselineEntry baseline, StoredComparison comparison, JudgementText text)
    {
        var processes = 0;
        while (comparison.IsSuspect && processes < StoredBaselineRule.ConfirmingProcesses)
        {
            AddFreshLaunch(processes);
            processes++;
            comparison = Compare(baseline.Stored);
        }

        var verdict = StoredBaselineRule.AfterConfirming(comparison, row.Kind);
        return Judgement(baseline, comparison, verdict, text.Confirmed(verdict, row.Kind, Value, comparison, processes));
    }

    private StoredComparison Compare(MetricResult baseline) => baseline.Launches is { Count: > 0 } launches
        ? StoredBaselineRule.Compare(
            row.Metric.Unit.Better,
            [.. _launches.Select(launch => launch.Minima)],
            [.. launches.Select(launch => launch.Minima)],
            Tolerance)
        : StoredBaselineRule.Compare(row.Metric.Unit.Better, Value, baseline.Value, Tolerance);

    private double Value => row.ValueOf(_launches.Min(launch => launch.Minima.RowNanoseconds));

    private void MeasureForABaseline()
    {
        // The time limit applies only to a local baseline, which may have fewer launches than an accepted baseline.
        var clock = Stopwatch.StartNew();
        for (var process = 0; _launches.Count < Acceptance.LeastLaunches; process++)
        {
            if (!context.IsUpdatingBaseline && clock.Elapsed > s_localTimeLimit)
            {
                return;
            }

            AddFreshLaunch(process);
        }
    }

    private void AddFreshLaunch(int process) =>
        _launches.Add(measurer.Log.Step(
            FormattableString.Invariant($"Launch {_launches.Count + 1}, in a fresh process"),
            () => measurer.MeasureFresh(row, context.Candidate, process)));

    private JudgementResult NotComparable(string whyNotStored, string whyNotPaired) => new()
    {
        Verdict = Verdict.NotComparable,
        Reason = context.IsUpdatingBaseline ? $"{whyNotStored}; this run becomes the baseline" : $"{whyNotStored}, and {whyNotPaired}",
        Message = JudgementText.NotComparable(row, Value, whyNotStored, whyNotPaired, context.IsUpdatingBaseline),
    };

    private static JudgementResult Judgement(BaselineEntry baseline, StoredComparison comparison, Verdict verdict, string message) => new()
    {
        Verdict = verdict,
        Message = message,
        WorsePercent = comparison.IsImpossible ? null : comparison.WorsePercent,
        LimitPercent = comparison.IsImpossible ? null : comparison.LimitPercent,
        LimitAmount = comparison.LimitNanoseconds,
        BaselineValue = baseline.Stored.Value,
        BaselineSampleNanoseconds = baseline.Stored.Launches is { } launches
            ? [.. launches.SelectMany(launch => launch.SampleNanoseconds)]
            : null,
        BaselineFile = baseline.FileName,
        BaselineCommit = baseline.Provenance.GitCommit,
        StoredValueAtReferenceSpeed = baseline.Stored.ValueAtReferenceSpeed,
    };
}
