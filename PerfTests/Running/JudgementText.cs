using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Writes the message of a row that is compared with its stored baseline.</summary>
internal sealed class JudgementText(MetricRow row, BaselineEntry baseline)
{
    /// <summary>Describes a row whose first launch gave a clear verdict.</summary>
    public string Plain(Verdict verdict, double value, StoredComparison comparison) => $"{verdict}: {Change(value, comparison)}";

    /// <summary>Describes a row that cannot be compared, because a value of the run or of the baseline cannot have been measured.</summary>
    public string Impossible() =>
        $"Inconclusive: {row.Label} has a time that is not a number above zero, in this run or in the {baseline.Description}. "
        + "Run again; if this recurs, record the baseline again";

    /// <summary>Describes a row that looks better, which pairing did not confirm.</summary>
    /// <param name="value">Measured value.</param>
    /// <param name="comparison">Comparison with the stored value.</param>
    /// <param name="why">Reason why pairing did not confirm it.</param>
    public string Unconfirmed(double value, StoredComparison comparison, string why) => row.Kind.CanBeStored()
        ? $"{Plain(Verdict.Improved, value, comparison)}; not confirmed by pairing: {why}"
        : $"{Plain(Verdict.Passed, value, comparison)}; not counted as an improvement, because times of this kind can change "
            + $"several-fold while the code stays the same, and not confirmed by pairing: {why}";

    /// <summary>Describes a suspected regression that cannot be confirmed because the machine lacks resources for pairing.</summary>
    public string CannotConfirm(double value, StoredComparison comparison, string baseLabel, string lack) =>
        $"Inconclusive: {Change(value, comparison)}; it cannot be confirmed here, because pairing with {baseLabel} {lack}";

    /// <summary>
    /// Describes a verdict that was reached by pairing with the baseline's commit. The message begins with the values of the pair, which
    /// decided; the comparison with the stored value follows.
    /// </summary>
    /// <param name="figures">Values of the pair.</param>
    /// <param name="comparison">Comparison with the stored value, because of which the row was paired.</param>
    /// <param name="paired">Outcome of pairing.</param>
    public string Paired(RowFigures figures, StoredComparison comparison, PairedOutcome paired)
    {
        var isConfirmed = (paired.Verdict == Verdict.Regressed && comparison.IsSuspect)
            || (paired.Verdict == Verdict.Improved && comparison.IsBetter);
        var stored = RowFigures.ChangeOf(row.Metric.Unit.Better, comparison.WorsePercent) is { } percent
            ? $"; the first launch gave {FigureText.Percent(percent)} against {baseline.Description}"
            : string.Empty;
        var end = paired.Verdict == Verdict.Inconclusive ? string.Empty
            : isConfirmed ? "; pairing confirmed this change"
            : "; pairing did not confirm this change";
        return $"{paired.Verdict}: {row.Label} {FigureText.StepAndLimit(figures)}, {paired.Text}{paired.Objection}{stored}{end}";
    }

    /// <summary>Describes a suspected regression that was confirmed or refuted by further fresh processes.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="kind">Kind of the row.</param>
    /// <param name="value">Measured value.</param>
    /// <param name="comparison">Comparison with the stored value.</param>
    /// <param name="processes">Number of further processes.</param>
    /// <param name="whyNotPaired">Reason why the row was not paired instead.</param>
    public string Confirmed(
        Verdict verdict, MetricKind kind, double value, StoredComparison comparison, int processes, string whyNotPaired)
    {
        var change = $"{verdict}: {Change(value, comparison)}";
        return verdict switch
        {
            Verdict.Regressed =>
                $"{change}; confirmed in {CountText.Of(processes, "fresh process")}, and not paired: {whyNotPaired}",
            Verdict.Inconclusive when !kind.CanBeStored() =>
                $"{change}. Times of this kind can change several-fold while the code stays the same, so a stored value cannot judge them, "
                + $"and the row was not paired: {whyNotPaired}. {HowToPair}",
            Verdict.Inconclusive => $"{change}, but since the baseline the second calibration loop has slowed down by "
                + FormattableString.Invariant($"{comparison.CorePressurePercent:0} % more than the first: ")
                + $"another program or virtual machine may share the core. Not paired: {whyNotPaired}. {HowToPair}",
            _ => $"{change}; the first launch exceeded the limit, "
                + $"which was not confirmed in {CountText.Of(processes, "fresh process")}; not paired: {whyNotPaired}",
        };
    }

    /// <summary>
    /// Describes a row that can be neither compared with a stored baseline nor paired. The last lines of the run say what to do,
    /// once for all such rows.
    /// </summary>
    /// <param name="verdict">Verdict of the row.</param>
    /// <param name="row">Row that was measured.</param>
    /// <param name="value">Measured value.</param>
    /// <param name="whyNot">Reason why no stored baseline applies to the row.</param>
    /// <param name="whyNotPaired">Reason why the row was not paired; only its first sentence is shown.</param>
    /// <param name="end">End of the text, see <see cref="EndOfUpdate"/>.</param>
    public static string NotComparable(
        Verdict verdict, MetricRow row, double value, string whyNot, string whyNotPaired, string end) =>
        $"{VerdictName.Of(verdict)}: {row.Label} is {ValueText.Format(value, row.Metric.Unit)}; {whyNot}"
        + $", and {whyNotPaired.Split(". ")[0]}{end}";

    /// <summary>Says whether the value of a row that was not compared is accepted; empty if the run does not become the baseline.</summary>
    /// <param name="isUpdating">True if the run becomes the baseline.</param>
    /// <param name="isFirst">True if there is no version that the row could be paired with.</param>
    public static string EndOfUpdate(bool isUpdating, bool isFirst) => !isUpdating ? string.Empty
        : isFirst ? "; this run becomes the baseline"
        : $"; the value is accepted only for a reason ({Setting.UpdateReason.Name})";

    private static string HowToPair => $"Compare with a revision side by side: {Setting.Base.Name}=REVISION";

    private string Change(double value, StoredComparison comparison)
    {
        var unit = row.Metric.Unit;
        var figures = RowFigures.Of(unit, value, baseline.Stored.Value, comparison);
        var stored = ValueText.Format(baseline.Stored.Value, unit);
        var adjustment = stored == FigureText.Base(figures)
            ? string.Empty
            : $" (stored {stored}, adjusted to this machine's speed, which is {SlowerOrFaster(comparison)} than at the baseline)";
        return $"{row.Label} {FigureText.StepAndLimit(figures)}, {baseline.Description}{adjustment}";
    }

    private static string SlowerOrFaster(StoredComparison comparison) => FormattableString.Invariant(
        $"{Math.Abs(comparison.MachineSlowerPercent):0.0} % {(comparison.MachineSlowerPercent > 0 ? "slower" : "faster")}");
}
