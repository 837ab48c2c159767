using PerfTests.Metrics;
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
            ? $"Inconclusive: this machine is too noisy now ({paired.ControlText})"
            : VerdictName.Of(paired.Verdict);
        var end = reason is null ? string.Empty : $"; {reason}";
        return Judgement(row, paired, paired.Verdict, $"{lead}: {Values(row, paired)}, {paired.Text}, {Limit(tolerance)}{end}");
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
        var canJudge = paired.Verdict == Verdict.Passed;
        var message = canJudge
            ? $"Passed: {Values(row, paired)}, {paired.Text}, {Limit(tolerance)}; both versions have equal libraries, "
                + $"so this only shows that the machine is quiet enough to judge; {reason}"
            : $"Inconclusive: {Values(row, paired)}, {paired.Text}, {paired.ControlText}, although both versions have equal libraries: "
                + $"this machine is too noisy now; {reason}";
        return Judgement(row, paired, canJudge ? Verdict.Passed : Verdict.Inconclusive, message);
    }

    /// <summary>Describes a row that the baseline version cannot run.</summary>
    public static JudgementResult New(MetricRow row, double value, string baseLabel, Exception missing) => new()
    {
        Verdict = Verdict.NotComparable,
        Message = $"New: {row.Label} is {ValueText.Format(value, row.Metric.Unit)}; "
            + $"{baseLabel} lacks an API that this benchmark calls ({missing.InnerException?.Message ?? missing.Message})",
    };

    private static JudgementResult Judgement(MetricRow row, PairedOutcome paired, Verdict verdict, string message) => new()
    {
        Verdict = verdict,
        Message = message,
        WorsePercent = paired.WorsePercent(row.Metric.Unit),
        BaselineValue = row.ValueOf(paired.Baseline.Min(launch => launch.Minima.RowNanoseconds)),
        BaselineSampleNanoseconds = [.. paired.Baseline.SelectMany(launch => launch.SampleNanoseconds)],
        BaselineCommit = paired.Result.Baseline,
        Paired = paired.Result,
    };

    private static string Values(MetricRow row, PairedOutcome paired)
    {
        var baselineValue = row.ValueOf(paired.Baseline.Min(launch => launch.Minima.RowNanoseconds));
        var value = row.ValueOf(paired.Candidate.Min(launch => launch.Minima.RowNanoseconds));
        return $"{row.Label} {ValueText.Format(baselineValue, row.Metric.Unit)} -> {ValueText.Format(value, row.Metric.Unit)}";
    }

    private static string Limit(Tolerance tolerance) => tolerance.AbsoluteNanoseconds > 0
        ? FormattableString.Invariant($"tolerance {tolerance.Percent:0.##} % and {tolerance.AbsoluteNanoseconds:0.##} ns")
        : FormattableString.Invariant($"tolerance {tolerance.Percent:0.##} %");
}
