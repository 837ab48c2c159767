using PerfTests.Statistics;

namespace PerfTests.Verdicts;

/// <summary>
/// Judges a candidate against a baseline that was measured interleaved with it, in several fresh processes with several layout
/// copies of each version. Two statistics are computed:
/// <list type="bullet">
/// <item>ratio of minima, by the wall clock: smallest batch median of the candidate, divided by the baseline's;</item>
/// <item>median of pair ratios, by the thread's CPU clock: candidate divided by baseline, for samples of one round.</item>
/// </list>
/// README.md in this folder explains why both are needed, and how often a verdict is wrong.
/// </summary>
public static class PairedRule
{
    /// <summary>
    /// Fewest processes for a verdict. Each process gets one random layout of code and data, and one layout is not enough.
    /// </summary>
    public const int MinimumProcesses = 2;

    /// <summary>Number of processes after which a clear slowdown counts as a regression.</summary>
    public const int ProcessesForRegression = 4;

    /// <summary>
    /// Number of processes after which a row gets its verdict at the latest, unless it is doubtful. A row is doubtful if it would regress
    /// or improve, but the change is not clear, see <see cref="PairedEstimate.IsClearlyApart"/>.
    /// </summary>
    public const int ProcessesForVerdict = 6;

    /// <summary>Number of processes after which a doubtful row gets its verdict.</summary>
    public const int MaximumProcesses = 12;

    /// <summary>
    /// Returns the verdict after these processes; null if another process must measure the row first. The verdict is inconclusive if a
    /// version has no layout copy or no sample, or if a sample cannot have been measured.
    /// </summary>
    public static Verdict? Judge(IReadOnlyList<PairedProcess> processes, Tolerance tolerance)
    {
        if (!tolerance.IsPossible || !processes.All(process => process.IsPossible))
        {
            return Verdict.Inconclusive;
        }

        if (processes.Count < MinimumProcesses)
        {
            return null;
        }

        var change = Change(processes);
        var control = Control(processes);
        if (!change.IsFinite || !control.IsFinite)
        {
            return Verdict.Inconclusive;
        }

        var isClearPass = change.IsClearlyWithin(tolerance) && control.IsClearlyWithin(tolerance);
        var isClearChange = change.IsClearlyApart(tolerance);
        var isClearRegression = processes.Count >= ProcessesForRegression
            && isClearChange && change.MeanPercent > 0 && control.IsClearlyWithin(tolerance);
        var verdict = Judge(change, control, tolerance);
        return isClearPass || isClearRegression || processes.Count >= MaximumProcesses ? verdict
            : processes.Count >= ProcessesForVerdict && isClearChange ? verdict
            : processes.Count == ProcessesForVerdict && verdict is not (Verdict.Regressed or Verdict.Improved) ? verdict
            : null;
    }

    /// <summary>
    /// Estimates the change from the baseline to the candidate. The control's copies are copies of the baseline too, so the candidate
    /// is compared with both. The mean of both comparisons halves the effect of an unlucky layout of the baseline's copies.
    /// </summary>
    public static PairedEstimate Change(IReadOnlyList<PairedProcess> processes) => PairedEstimate.Mean(
        Estimate([.. processes.Select(process => (process.Baseline, process.Candidate))]),
        Estimate([.. processes.Select(process => (process.Control, process.Candidate))]));

    /// <summary>Compares the baseline with itself (A/A control): any difference is an error of the machine or of the method.</summary>
    public static PairedEstimate Control(IReadOnlyList<PairedProcess> processes) =>
        Estimate([.. processes.Select(process => (process.Baseline, process.Control))]);

    private static Verdict Judge(PairedEstimate change, PairedEstimate control, Tolerance tolerance)
    {
        // A failed A/A control makes the row inconclusive, unless the change exceeds the tolerance by more than twice the control's error.
        var exceedsControl = change.IsSlowerByBoth(tolerance) && change.MeanPercent > tolerance.Percent + (2 * control.LargestPercent);
        return (control.IsApart(tolerance) || control.IsContradictory(tolerance)) && !exceedsControl ? Verdict.Inconclusive
            : change.IsSlowerThan(tolerance) ? Verdict.Regressed
            : change.IsFasterThan(tolerance) ? Verdict.Improved
            : Verdict.Passed;
    }

    private static PairedEstimate Estimate((IReadOnlyList<CopySamples> Baseline, IReadOnlyList<CopySamples> Other)[] processes)
    {
        var baselineMinimum = processes.SelectMany(process => process.Baseline).Min(copy => Median.Of(copy.Wall));
        var otherMinimum = processes.SelectMany(process => process.Other).Min(copy => Median.Of(copy.Wall));
        var pairs = processes.SelectMany(process => process.Baseline.Zip(process.Other)).ToArray();
        return new PairedEstimate(
            100 * ((otherMinimum / baselineMinimum) - 1),
            otherMinimum - baselineMinimum,
            100 * (Median.Of(pairs.Select(pair => MedianOfPairs(pair.First, pair.Second, (baseline, other) => other / baseline))) - 1),
            Median.Of(pairs.Select(pair => MedianOfPairs(pair.First, pair.Second, (baseline, other) => other - baseline))));
    }

    private static double MedianOfPairs(CopySamples baseline, CopySamples other, Func<double, double, double> compare) =>
        Median.Of(baseline.Cpu.Zip(other.Cpu, compare));
}
