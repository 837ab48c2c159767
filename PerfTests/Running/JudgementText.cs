using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>The sentence that a verdict against a stored baseline comes with.</summary>
internal sealed class JudgementText(MetricRow row, BaselineEntry baseline, Tolerance tolerance)
{
    /// <summary>A machine that is this much slower or faster than at the baseline is worth a word.</summary>
    private const double NoteworthyMachinePercent = 2;

    /// <summary>Nothing was suspected.</summary>
    public string Plain(Verdict verdict, double value, StoredComparison comparison) => $"{verdict}: {Change(value, comparison)}";

    /// <summary>Better than the stored figure, and the baseline's own commit cannot be had to see whether that is so.</summary>
    public string Unconfirmed(double value, StoredComparison comparison) =>
        $"{Plain(Verdict.Improved, value, comparison)}; not confirmed: there is no commit to pair it with";

    /// <summary>Describes a suspected regression that cannot be confirmed because the machine lacks resources for pairing.</summary>
    public string CannotConfirm(double value, StoredComparison comparison, string baseLabel, string lack) =>
        $"Inconclusive: {Change(value, comparison)}; it cannot be confirmed here, as pairing with {baseLabel} {lack}";

    /// <summary>What the stored figure showed was settled by pairing with the baseline's own commit.</summary>
    public string Paired(double value, StoredComparison comparison, PairedOutcome paired) => paired.Verdict switch
    {
        Verdict.Regressed when comparison.IsBetter =>
            $"Regressed: {Change(value, comparison)}; better than the stored figure, and yet slower than what it was measured with: {paired.Text}",
        Verdict.Regressed => $"Regressed: {Change(value, comparison)}; confirmed by {paired.Text}",
        Verdict.Inconclusive => $"Inconclusive: {Change(value, comparison)}; {paired.Text}, but {paired.ControlText}",
        Verdict.Improved when comparison.IsBetter => $"Improved: {Change(value, comparison)}; confirmed by {paired.Text}",
        var verdict => $"{verdict}: {Change(value, comparison)}; not confirmed by {paired.Text}; passed",
    };

    /// <summary>The suspicion was settled by measuring again.</summary>
    public string Confirmed(Verdict verdict, MetricKind kind, double value, StoredComparison comparison, int processes) => verdict switch
    {
        Verdict.Regressed => $"Regressed: {Change(value, comparison)}; still there in {processes} fresh processes{Limit(comparison)}",
        Verdict.Inconclusive when !kind.CanBeStored() =>
            $"Inconclusive: {Change(value, comparison)}. Such times drift by factors without any change, so a stored figure cannot judge them; {HowToPair}",
        Verdict.Inconclusive => FormattableString.Invariant(
            $"Inconclusive: {Change(value, comparison)}, but code with many instructions in flight runs {comparison.CorePressurePercent:0} % slower on this machine now: its core is shared with somebody. {HowToPair}"),
        _ => $"{verdict}: {Change(value, comparison)}; suspected at first, not confirmed by {processes} fresh processes",
    };

    /// <summary>Describes a value that there is nothing to compare with; the end of the run says once what to do about it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">What it measured.</param>
    /// <param name="whyNot">Why no stored baseline fits.</param>
    /// <param name="whyNotPaired">Why it was not paired; the first clause of it is shown.</param>
    /// <param name="isAccepted">True if this run becomes the baseline.</param>
    public static string NotComparable(MetricRow row, double value, string whyNot, string whyNotPaired, bool isAccepted) =>
        $"Not comparable: {row.Label} is {ValueText.Format(value, row.Metric.Unit)}; {whyNot}"
        + (isAccepted ? ", and this run becomes it" : $", and {whyNotPaired.Split(". ")[0]}");

    /// <summary>A change below the tolerance that fails all the same needs a word.</summary>
    private string Limit(StoredComparison comparison) => comparison.WorsePercent > tolerance.Percent
        ? string.Empty
        : FormattableString.Invariant(
            $" (to be sure to see {tolerance.Percent:0.##} %, the limit is {StoredBaselineRule.LimitPercent(tolerance):0.##} %)");

    private static string HowToPair => $"{Setting.Base.Name}=REVISION compares with a revision side by side";

    private string Change(double value, StoredComparison comparison)
    {
        var unit = row.Metric.Unit;
        var worse = unit.Better == Direction.Lower ? comparison.WorsePercent : -comparison.WorsePercent;
        var machine = Math.Abs(comparison.MachineSlowerPercent) < NoteworthyMachinePercent
            ? string.Empty
            : FormattableString.Invariant(
                $" (the machine itself was {Math.Abs(comparison.MachineSlowerPercent):0.0} % {(comparison.MachineSlowerPercent > 0 ? "slower" : "faster")}, which is taken out)");
        return FormattableString.Invariant(
            $"{row.Label} {ValueText.Format(baseline.Stored.Value, unit)} -> {ValueText.Format(value, unit)} ({worse:+0.0;-0.0;0.0} %, tolerance {tolerance.Percent:0.##} %), baseline {baseline.Origin}{machine}");
    }
}
