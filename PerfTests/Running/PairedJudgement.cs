using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Puts the outcome of pairing two versions of a row into words and into the results model.</summary>
internal static class PairedJudgement
{
    /// <summary>Describes the verdict of pairing alone, without a stored baseline.</summary>
    /// <param name="row">The row.</param>
    /// <param name="paired">What pairing gave.</param>
    /// <param name="tolerance">What the candidate may be slower.</param>
    /// <param name="reason">Why the row was paired with this version, or null where the user named it.</param>
    public static JudgementResult Of(MetricRow row, PairedOutcome paired, Tolerance tolerance, string? reason = null)
    {
        var lead = paired.Verdict == Verdict.Inconclusive
            ? $"Inconclusive: this machine is too noisy now ({paired.ControlText})"
            : VerdictName.Of(paired.Verdict);
        return Judgement(
            row, paired, paired.Verdict, $"{lead}: {Values(row, paired)}, {paired.Text}, {Limit(tolerance)}{(reason is null ? string.Empty : $"; {reason}")}");
    }

    /// <summary>Describes the result of pairing two equal versions: it shows only whether the machine is quiet enough to judge.</summary>
    /// <param name="row">The row.</param>
    /// <param name="paired">What pairing gave.</param>
    /// <param name="tolerance">Largest difference that counts as no change.</param>
    /// <param name="reason">Why the row was paired with this version.</param>
    public static JudgementResult OfEqualVersions(MetricRow row, PairedOutcome paired, Tolerance tolerance, string reason)
    {
        var canJudge = paired.Verdict == Verdict.Passed;
        var message = canJudge
            ? $"Passed: {Values(row, paired)}, {paired.Text}, {Limit(tolerance)}; the libraries are equal, so this shows that the machine can judge; {reason}"
            : $"Inconclusive: {Values(row, paired)}, {paired.Text}, {paired.ControlText}, although the libraries are equal: this machine cannot judge now; {reason}";
        return Judgement(row, paired, canJudge ? Verdict.Passed : Verdict.Inconclusive, message);
    }

    /// <summary>Describes a row that the version to compare with does not have.</summary>
    public static JudgementResult New(MetricRow row, double value, string baseLabel, Exception missing) => new()
    {
        Verdict = Verdict.NotComparable,
        Message = $"New: {row.Label} is {ValueText.Format(value, row.Metric.Unit)}; "
            + $"{baseLabel} has nothing to compare it with ({missing.InnerException?.Message ?? missing.Message})",
    };

    private static JudgementResult Judgement(MetricRow row, PairedOutcome paired, Verdict verdict, string message) => new()
    {
        Verdict = verdict,
        Message = message,
        WorsePercent = paired.WorsePercent(row.Metric.Unit),
        BaselineValue = row.ValueOf(paired.Base.Min(launch => launch.Minima.RowNanoseconds)),
        BaselineSampleNanoseconds = [.. paired.Base.SelectMany(launch => launch.SampleNanoseconds)],
        BaselineCommit = paired.Result.Baseline,
        Paired = paired.Result,
    };

    private static string Values(MetricRow row, PairedOutcome paired)
    {
        var baseValue = row.ValueOf(paired.Base.Min(launch => launch.Minima.RowNanoseconds));
        var value = row.ValueOf(paired.Candidate.Min(launch => launch.Minima.RowNanoseconds));
        return $"{row.Label} {ValueText.Format(baseValue, row.Metric.Unit)} -> {ValueText.Format(value, row.Metric.Unit)}";
    }

    private static string Limit(Tolerance tolerance) => tolerance.AbsoluteNanoseconds > 0
        ? FormattableString.Invariant($"tolerance {tolerance.Percent:0.##} % and {tolerance.AbsoluteNanoseconds:0.##} ns")
        : FormattableString.Invariant($"tolerance {tolerance.Percent:0.##} %");
}
