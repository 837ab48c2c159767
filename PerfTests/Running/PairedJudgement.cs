using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Converts the outcome of a paired measurement to a message and to the results model.</summary>
internal static class PairedJudgement
{
    /// <summary>
    /// Describes the verdict of a row that was paired with another version and not compared with a stored baseline.
    /// </summary>
    /// <param name="row">Row that was measured.</param>
    /// <param name="paired">Outcome of the paired measurement.</param>
    /// <param name="tolerance">Allowed slowdown of the candidate.</param>
    /// <param name="reason">Reason for pairing with this version, or null if the user named it.</param>
    public static JudgementResult Of(MetricRow row, PairedOutcome paired, Tolerance tolerance, string? reason = null)
    {
        var lead = paired.Verdict == Verdict.Inconclusive
            ? $"Inconclusive: {paired.WhyInconclusive}"
            : VerdictName.Of(paired.Verdict);
        var end = reason is null ? string.Empty : $"; {reason}";
        return Judgement(row, paired, tolerance, paired.Verdict, lead, end);
    }

    /// <summary>
    /// Describes a pair of two equal versions. Measuring such a pair only shows whether the machine is quiet enough to judge.
    /// </summary>
    /// <param name="row">Row that was measured.</param>
    /// <param name="paired">Outcome of the paired measurement.</param>
    /// <param name="tolerance">Largest difference that counts as no change.</param>
    /// <param name="reason">Reason for pairing with this version.</param>
    public static JudgementResult OfEqualVersions(MetricRow row, PairedOutcome paired, Tolerance tolerance, string reason)
    {
        // Equal code cannot wait longer. The message shows the median by the wall clock all the same, because it decided.
        paired = paired.Result.WaitsLonger == true
            ? paired with { Result = paired.Result with { WaitsLonger = null }, Reason = InconclusiveReason.MayWaitLonger }
            : paired;
        return paired.Verdict == Verdict.Passed
            ? Judgement(
                row,
                paired,
                tolerance,
                Verdict.Passed,
                "Passed",
                $"; both versions have equal libraries, so this only shows that the machine is quiet enough to judge; {reason}")
            : Judgement(
                row,
                paired,
                tolerance,
                Verdict.Inconclusive,
                "Inconclusive",
                $", {paired.ControlText}, although both versions have equal libraries: this machine is too noisy now; {reason}");
    }

    /// <summary>Describes a row that the baseline version cannot run.</summary>
    public static JudgementResult Unusable(MetricRow row, double value, string baseLabel, string reason) => new()
    {
        Verdict = Verdict.NotComparable,
        Message = $"Not comparable: {row.Label} is {ValueText.Format(value, row.Metric.Unit)}; {baseLabel} {reason}",
    };

    /// <summary>Returns a judgement without a message, with all values of the pair.</summary>
    public static JudgementResult Judgement(MetricRow row, PairedOutcome paired, Tolerance tolerance, Verdict verdict) => new()
    {
        Verdict = verdict,
        Message = string.Empty,
        WorsePercent = paired.WorsePercent(row.Metric.Unit),
        LimitPercent = PairedOutcome.OfValue(tolerance.Percent, row.Metric.Unit),
        LimitAmount = tolerance.AbsoluteNanoseconds,
        BaselineValue = row.ValueOf(paired.Baseline.Min(launch => launch.Minima.RowNanoseconds)),
        BaselineSampleNanoseconds = PairedOutcome.SamplesOf(paired.Baseline),
        BaselineCommit = paired.Result.Baseline,
        Paired = paired.Result,
    };

    /// <summary>Returns the values that reports show for a row with this judgement.</summary>
    public static RowFigures FiguresOf(MetricRow row, JudgementResult judgement) => RowFigures.Of(new MetricResult
    {
        Name = row.Key,
        Value = judgement.Paired!.CandidateValue!.Value,
        Unit = row.Metric.Unit.Name,
        Judgement = judgement,
    });

    private static JudgementResult Judgement(
        MetricRow row, PairedOutcome paired, Tolerance tolerance, Verdict verdict, string lead, string end)
    {
        var judgement = Judgement(row, paired, tolerance, verdict);
        var step = FigureText.StepAndLimit(FiguresOf(row, judgement));
        return judgement with { Message = $"{lead}: {row.Label} {step}, {paired.Text}{end}" };
    }
}
