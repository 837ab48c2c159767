using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Writes the message of a row that is compared with its stored baseline.</summary>
internal sealed class JudgementText(MetricRow row, BaselineEntry baseline, Tolerance tolerance)
{
    /// <summary>
    /// Smallest change of the machine's speed that a message mentions, in percent of the speed at the time of the baseline.
    /// </summary>
    private const double NoteworthyMachinePercent = 2;

    /// <summary>Describes a row whose first launch gave a clear verdict.</summary>
    public string Plain(Verdict verdict, double value, StoredComparison comparison) => $"{verdict}: {Change(value, comparison)}";

    /// <summary>Describes a row that cannot be compared, because a value of the run or of the baseline cannot have been measured.</summary>
    public string Impossible() =>
        $"Inconclusive: {row.Label} has a time that is not a number above zero, in this run or in the baseline {baseline.Origin}. "
        + "Run again; if this recurs, record the baseline again";

    /// <summary>Describes an improvement that cannot be confirmed, because the baseline's commit is not available.</summary>
    public string Unconfirmed(double value, StoredComparison comparison) =>
        $"{Plain(Verdict.Improved, value, comparison)}; not confirmed, because the baseline's commit is not available for pairing";

    /// <summary>Describes a suspected regression that cannot be confirmed because the machine lacks resources for pairing.</summary>
    public string CannotConfirm(double value, StoredComparison comparison, string baseLabel, string lack) =>
        $"Inconclusive: {Change(value, comparison)}; it cannot be confirmed here, because pairing with {baseLabel} {lack}";

    /// <summary>Describes a verdict that was confirmed or refuted by pairing with the baseline's commit.</summary>
    public string Paired(double value, StoredComparison comparison, PairedOutcome paired) => paired.Verdict switch
    {
        Verdict.Regressed when comparison.IsBetter =>
            $"Regressed: {Change(value, comparison)}; better than the stored value, but slower than the baseline's commit: {paired.Text}",
        Verdict.Regressed => $"Regressed: {Change(value, comparison)}; confirmed by {paired.Text}",
        Verdict.Inconclusive => $"Inconclusive: {Change(value, comparison)}; {paired.Text}, but {paired.ControlText}",
        Verdict.Improved when comparison.IsBetter => $"Improved: {Change(value, comparison)}; confirmed by {paired.Text}",
        var verdict => $"{verdict}: {Change(value, comparison)}; not confirmed by {paired.Text}",
    };

    /// <summary>Describes a suspected regression that was confirmed or refuted by further fresh processes.</summary>
    public string Confirmed(Verdict verdict, MetricKind kind, double value, StoredComparison comparison, int processes) => verdict switch
    {
        Verdict.Regressed => $"Regressed: {Change(value, comparison)}; confirmed in {processes} fresh processes{Limit(comparison)}",
        Verdict.Inconclusive when !kind.CanBeStored() =>
            $"Inconclusive: {Change(value, comparison)}. Times of this kind can change several-fold while the code stays the same, "
            + $"so a stored value cannot judge them. {HowToPair}",
        Verdict.Inconclusive => $"Inconclusive: {Change(value, comparison)}, but the parallel calibration loop is "
            + FormattableString.Invariant($"{comparison.CorePressurePercent:0} % slower than at the baseline: ")
            + $"another program shares the core. {HowToPair}",
        _ => $"{verdict}: {Change(value, comparison)}; the first launch exceeded the limit, "
            + $"which was not confirmed in {processes} fresh processes",
    };

    /// <summary>
    /// Describes a row that can be neither compared with a stored baseline nor paired. The last lines of the run say what to do,
    /// once for all such rows.
    /// </summary>
    /// <param name="row">Row that was measured.</param>
    /// <param name="value">Measured value.</param>
    /// <param name="whyNot">Reason why no stored baseline applies to the row.</param>
    /// <param name="whyNotPaired">Reason why the row was not paired; only its first sentence is shown.</param>
    /// <param name="isAccepted">True if this run becomes the baseline.</param>
    public static string NotComparable(MetricRow row, double value, string whyNot, string whyNotPaired, bool isAccepted) =>
        $"Not comparable: {row.Label} is {ValueText.Format(value, row.Metric.Unit)}; {whyNot}"
        + (isAccepted ? ", and this run becomes the baseline" : $", and {whyNotPaired.Split(". ")[0]}");

    /// <summary>
    /// Returns a note that names the limit if a regression exceeds the limit but not the tolerance; otherwise returns an empty
    /// text.
    /// </summary>
    private string Limit(StoredComparison comparison) => comparison.WorsePercent > tolerance.Percent
        ? string.Empty
        : FormattableString.Invariant(
            $" (the limit is {StoredBaselineRule.LimitPercent(tolerance):0.##} %, so that {tolerance.Percent:0.##} % is always detected)");

    private static string HowToPair => $"Compare with a revision side by side: {Setting.Base.Name}=REVISION";

    private string Change(double value, StoredComparison comparison)
    {
        var unit = row.Metric.Unit;
        var worse = unit.Better == Direction.Lower ? comparison.WorsePercent : -comparison.WorsePercent;
        var machine = Math.Abs(comparison.MachineSlowerPercent) < NoteworthyMachinePercent
            ? string.Empty
            : $" (corrected for the speed of this machine, which is {SlowerOrFaster(comparison)} than at the baseline)";
        var change = FormattableString.Invariant($"{worse:+0.0;-0.0;0.0} %, tolerance {tolerance.Percent:0.##} %");
        return $"{row.Label} {ValueText.Format(baseline.Stored.Value, unit)} -> {ValueText.Format(value, unit)} ({change}), "
            + $"baseline {baseline.Origin}{machine}";
    }

    private static string SlowerOrFaster(StoredComparison comparison) => FormattableString.Invariant(
        $"{Math.Abs(comparison.MachineSlowerPercent):0.0} % {(comparison.MachineSlowerPercent > 0 ? "slower" : "faster")}");
}
