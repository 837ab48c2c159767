using System.Diagnostics;
using PerfTests.Baselines;
using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>
/// Measures a row and judges it: by its stored baseline, or by pairing with the reference commit if there is no stored baseline.
/// </summary>
internal sealed class RowCheck(RunContext context, RowMeasurer measurer, MetricRow row)
{
    /// <summary>Time limit for the further launches of a row whose value is stored only in the local baseline.</summary>
    private static readonly TimeSpan s_localTimeLimit = TimeSpan.FromSeconds(5);

    private readonly RowLaunches _launches = new(measurer, context.Candidate, row);

    /// <summary>
    /// Measures and judges the row. Returns the judged result, and the result to store in the local baseline; the second is
    /// null if there is nothing to store.
    /// </summary>
    public (MetricResult Result, MetricResult? Local) Run()
    {
        string whyNotStored = string.Empty, whyNotPaired = string.Empty;
        var baseline = measurer.Log.Step(StepNames.LoadBaseline, () => context.Baselines.Find(row, Workload, out whyNotStored));
        var reference = new ReferenceCheck(context, measurer, row);
        if (baseline is null)
        {
            var paired = measurer.Log.Step(StepNames.Judge, () => reference.Run(whyNotStored, out whyNotPaired));
            if (paired is not null)
            {
                return context.IsUpdatingBaseline
                    ? (MeasureForABaseline(paired.Judgement!), null)
                    : (paired, MeasureForThisMachine(paired.Judgement!));
            }
        }

        var result = RunAlone(baseline, () => NotComparable(whyNotStored, whyNotPaired, reference.IsFirst));
        return (result, (baseline is null && reference.IsFirst) || IsFaster(baseline, result.Judgement!) ? result : null);
    }

    /// <summary>
    /// Tells whether pairing showed that a row improved since its local value. The new value is stored then; otherwise the row could become
    /// as slow again as before.
    /// </summary>
    private bool IsFaster(BaselineEntry? baseline, JudgementResult judgement) =>
        baseline is { IsLocal: true } && judgement is { Verdict: Verdict.Improved, Paired: not null } && context.IsRecordingLocally;

    private MetricResult RunAlone(BaselineEntry? baseline, Func<JudgementResult> notComparable)
    {
        _launches.AddHere();
        var judgement = measurer.Log.Step(StepNames.Judge, () => baseline is null
            ? notComparable()
            : new StoredCheck(context, measurer, row, _launches).Run(baseline));
        if (baseline is null || context.IsUpdatingBaseline || IsFaster(baseline, judgement))
        {
            AddLaunchesOfABaseline();
        }

        return Compose(judgement);
    }

    /// <summary>
    /// Measures the row for the local baseline. Returns null if local values are not stored in this run, or if the row did not
    /// pass.
    /// </summary>
    private MetricResult? MeasureForThisMachine(JudgementResult judgement) =>
        context.IsRecordingLocally && judgement.Verdict is (Verdict.Passed or Verdict.Improved) ? MeasureForABaseline(judgement) : null;

    /// <summary>Measures the row alone, because paired values come from layout copies that are loaded in another way.</summary>
    private MetricResult MeasureForABaseline(JudgementResult judgement)
    {
        _launches.AddHere();
        AddLaunchesOfABaseline();
        return Compose(judgement);
    }

    private string? Workload => row.ReadsTrace ? context.Workload : null;

    private void AddLaunchesOfABaseline()
    {
        // The time limit applies only to a local baseline, which may have fewer launches than an accepted baseline.
        var clock = Stopwatch.StartNew();
        for (var process = 0; _launches.All.Count < Acceptance.MinLaunches; process++)
        {
            if (!context.IsUpdatingBaseline && clock.Elapsed > s_localTimeLimit)
            {
                return;
            }

            _launches.AddFresh(process);
        }
    }

    private MetricResult Compose(JudgementResult judgement) =>
        RowResult.Compose(row, _launches.All, context.Settings.StoredTolerance(row), Workload, judgement);

    private JudgementResult NotComparable(string whyNotStored, string whyNotPaired, bool isFirst)
    {
        // If there is a version to pair with, the row may have become slower since then. Such a value is accepted only for a reason.
        var verdict = context.IsUpdatingBaseline && !isFirst ? Verdict.Inconclusive : Verdict.NotComparable;
        var end = JudgementText.EndOfUpdate(context.IsUpdatingBaseline, isFirst);
        return new JudgementResult
        {
            Verdict = verdict,
            Reason = $"{whyNotStored}, and {whyNotPaired}{end}",
            Message = JudgementText.NotComparable(verdict, row, _launches.Value, whyNotStored, whyNotPaired, end),
        };
    }
}
