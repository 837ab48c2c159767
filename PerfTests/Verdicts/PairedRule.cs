using PerfTests.Statistics;

namespace PerfTests.Verdicts;

/// <summary>
/// Judges a candidate against a baseline that was measured interleaved with it, in several fresh processes with several layout
/// copies of each version. Three statistics are computed:
/// <list type="bullet">
/// <item>ratio of minima, by the wall clock: smallest batch median of the candidate, divided by the baseline's;</item>
/// <item>median of pair ratios, by the thread's CPU clock: candidate divided by baseline, for samples of one round;</item>
/// <item>the same median by the wall clock, for code that waits.</item>
/// </list>
/// README.md in this folder explains why they are needed, and how often a verdict is wrong.
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
    /// Number of processes after which a row gets its verdict at the latest, unless it is doubtful. A row is doubtful if the mean, or the
    /// wall clock, shows a change beyond its limit that is not clear, see <see cref="PairedEstimate.IsClearlyApart"/>.
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
        var isClearChange = change.IsClearlyApart(tolerance) && (change.MeanPercent > 0 || !change.MayWaitLonger(tolerance));
        var isClearRegression = processes.Count >= ProcessesForRegression
            && isClearChange && change.MeanPercent > 0 && control.IsClearlyWithin(tolerance);
        var isDoubtful =
            (change.IsApart(tolerance) || change.MayWaitLonger(tolerance)) && IsControlUsable(change, control, tolerance) && !isClearChange;
        return isClearPass || isClearRegression || processes.Count >= MaximumProcesses
            || (processes.Count >= ProcessesForVerdict && isClearChange)
            || (processes.Count == ProcessesForVerdict && !isDoubtful)
            ? Judge(change, control, tolerance)
            : null;
    }

    /// <summary>
    /// Tells whether only the wall clock shows that a row regressed, see <see cref="PairedEstimate.IsSlowerByWallClock"/>.
    /// </summary>
    public static bool IsLongerWait(PairedEstimate change, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.IsSlowerByWallClock(tolerance) && !(change.IsSlowerThan(tolerance) && !change.IsUncertain(tolerance));
    }

    /// <summary>Returns the reason why these processes are inconclusive.</summary>
    public static InconclusiveReason WhyInconclusive(IReadOnlyList<PairedProcess> processes, Tolerance tolerance)
    {
        if (!processes.All(process => process.IsPossible))
        {
            return InconclusiveReason.ImpossibleSample;
        }

        var change = Change(processes);
        var control = Control(processes);
        return !change.IsFinite || !control.IsFinite ? InconclusiveReason.ImpossibleSample
            : !IsControlUsable(change, control, tolerance) ? InconclusiveReason.ControlFailed
            : change.IsSlowerThan(tolerance) ? change.IsWithinSpread ? InconclusiveReason.Spread : InconclusiveReason.Contradiction
            : control.IsApartInWallPairs(tolerance) ? InconclusiveReason.ControlFailed
            : InconclusiveReason.MayWaitLonger;
    }

    /// <summary>
    /// Returns false if the A/A control failed, so that the row is inconclusive. A slowdown that exceeds the tolerance by more than twice
    /// the control's error counts all the same.
    /// </summary>
    public static bool IsControlUsable(PairedEstimate change, PairedEstimate control, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(control);
        return !(control.IsApart(tolerance) || control.IsContradictory(tolerance) || control.IsApartByWallClock(tolerance))
            || (change.IsSlowerByBoth(tolerance) && change.MeanPercent > tolerance.Percent + (2 * control.LargestPercent))
            || (change.IsSlowerByWallClock(tolerance)
                && change.MeanWallPercent > tolerance.Percent + (2 * control.LargestWallPercent));
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

    private static Verdict Judge(PairedEstimate change, PairedEstimate control, Tolerance tolerance) =>
        !IsControlUsable(change, control, tolerance) ? Verdict.Inconclusive
        : change.IsSlowerByWallClock(tolerance) ? Verdict.Regressed
        : change.IsSlowerThan(tolerance) && !change.IsUncertain(tolerance) ? Verdict.Regressed
        : change.IsSlowerThan(tolerance) || change.MayWaitLonger(tolerance) ? Verdict.Inconclusive
        : change.IsFasterThan(tolerance) && !change.IsUncertain(tolerance) ? Verdict.Improved
        : Verdict.Passed;

    private static PairedEstimate Estimate((IReadOnlyList<CopySamples> Baseline, IReadOnlyList<CopySamples> Other)[] processes)
    {
        var baselineMinimum = processes.SelectMany(process => process.Baseline).Min(copy => Median.Of(copy.Wall));
        var otherMinimum = processes.SelectMany(process => process.Other).Min(copy => Median.Of(copy.Wall));
        var pairs = processes.SelectMany(process => process.Baseline.Zip(process.Other)).ToArray();
        return new PairedEstimate(
            100 * ((otherMinimum / baselineMinimum) - 1),
            otherMinimum - baselineMinimum,
            PercentOfPairs(copy => copy.Cpu),
            NanosecondsOfPairs(copy => copy.Cpu),
            PercentOfPairs(copy => copy.Wall),
            NanosecondsOfPairs(copy => copy.Wall))
        {
            PairsErrorPercent = ErrorOfPairs(copy => copy.Cpu),
            WallPairsErrorPercent = ErrorOfPairs(copy => copy.Wall),
        };

        double PercentOfPairs(Func<CopySamples, IReadOnlyList<double>> times) =>
            100 * (MedianOfPairs(times, (baseline, other) => other / baseline) - 1);

        double NanosecondsOfPairs(Func<CopySamples, IReadOnlyList<double>> times) =>
            MedianOfPairs(times, (baseline, other) => other - baseline);

        double ErrorOfPairs(Func<CopySamples, IReadOnlyList<double>> times) =>
            100 * MedianError.OfEstimates([.. pairs.Select(pair =>
                MedianError.Of([.. times(pair.First).Zip(times(pair.Second), (baseline, other) => other / baseline)]))]);

        double MedianOfPairs(Func<CopySamples, IReadOnlyList<double>> times, Func<double, double, double> compare) =>
            Median.Of(pairs.Select(pair => Median.Of(times(pair.First).Zip(times(pair.Second), compare))));
    }
}
