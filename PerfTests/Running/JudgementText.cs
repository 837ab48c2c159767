using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>The sentence that a verdict comes with.</summary>
internal static class JudgementText
{
    /// <summary>A machine that is this much slower or faster than at the baseline is worth a word.</summary>
    private const double NoteworthyMachinePercent = 2;

    public static string Compose(
        MetricRow row, Verdict verdict, double value, BaselineEntry baseline, StoredComparison comparison, Tolerance tolerance, int processes)
    {
        var unit = row.Metric.Unit;
        var worse = unit.Better == Direction.Lower ? comparison.WorsePercent : -comparison.WorsePercent;
        var change = FormattableString.Invariant(
            $"{row.Label} {Figures.Format(baseline.Figure.Value, unit)} -> {Figures.Format(value, unit)} ({worse:+0.0;-0.0;0.0} %, tolerance {tolerance.Percent:0.##} %)");
        var machine = Math.Abs(comparison.MachineSlowerPercent) < NoteworthyMachinePercent
            ? string.Empty
            : FormattableString.Invariant(
                $"; the machine itself was {Math.Abs(comparison.MachineSlowerPercent):0.0} % {(comparison.MachineSlowerPercent > 0 ? "slower" : "faster")}, which is taken out");
        var origin = $"baseline {baseline.Origin}{machine}";
        return verdict switch
        {
            Verdict.Regressed => $"Regression: {change}, {origin}; still there in {processes} fresh processes",
            Verdict.Improved => $"Improved: {change}, {origin}",
            Verdict.Inconclusive =>
                $"Inconclusive: {change}, {origin}. Times of system calls drift by factors without any change, so a stored baseline cannot judge them",
            _ when processes > 0 => $"Passed: {change}, {origin}; suspected at first, not confirmed by {processes} fresh processes",
            _ => $"Passed: {change}, {origin}",
        };
    }

    public static string NotComparable(MetricRow row, double value, string whyNot) =>
        $"Not comparable: {row.Label} is {Figures.Format(value, row.Metric.Unit)}, but {whyNot}. "
        + "The figure is kept in baselines/local and serves this machine from the next run on; "
        + $"to accept it for all machines of this class, run again with {Setting.UpdateBaseline.Name}=1 and commit baselines/";
}
