using PerfTests.Statistics;

namespace PerfTests.Verdicts;

/// <summary>
/// Judges two versions that were measured interleaved, in several fresh processes, several copies of each.
///
/// One statistic alone cries wolf: the floor (F) is moved by the layouts that the copies happened to draw, the
/// median of pairs (P) by what runs beside. They err independently of each other, so their mean is judged, and
/// each must point the same way. F takes the wall clock, because a minimum of the CPU clock can be far too small
/// on a virtual machine (0.29 of the true value was seen); P takes the CPU clock, which does not see preemption.
///
/// Where the first processes leave no doubt they are enough; where they do, more are heard. Evaluated on 40
/// processes of eight rows with planted slowdowns, this catches what "both beyond the tolerance" after four
/// processes does, and more: 98 to 99.7 % instead of 85 to 94 % for copies and the trace replay, with no more
/// false alarms.
/// </summary>
public static class PairedRule
{
    /// <summary>Layouts are drawn per process: fewer than two processes say nothing.</summary>
    public const int MinimumProcesses = 2;

    /// <summary>After so many, what both statistics call slower is slower.</summary>
    public const int ProcessesToBeSure = 4;

    /// <summary>After so many, nothing more is to be learned.</summary>
    public const int MaximumProcesses = 6;

    /// <summary>The verdict after these processes, or null if another process has to be heard.</summary>
    public static Verdict? Judge(IReadOnlyList<PairedProcess> processes, Tolerance tolerance)
    {
        if (processes.Count < MinimumProcesses)
        {
            return null;
        }

        var change = Change(processes);
        var same = SameAgainstSame(processes);
        var isFine = change.IsClearlyWithin(tolerance) && same.IsClearlyWithin(tolerance);
        var isSure = processes.Count >= ProcessesToBeSure && change.IsClearlySlowerThan(tolerance) && same.IsClearlyWithin(tolerance);
        if (!isFine && !isSure && processes.Count < MaximumProcesses)
        {
            return null;
        }

        // What the machine takes for a difference where there is none explains no more than that much.
        var isBeyondDoubt = change.IsClearlySlowerThan(tolerance) && change.MeanPercent > tolerance.Percent + (2 * same.LargestPercent);
        return (same.IsApart(tolerance) || same.IsContradictory(tolerance)) && !isBeyondDoubt ? Verdict.Inconclusive
            : change.IsSlowerThan(tolerance) ? Verdict.Regressed
            : change.IsFasterThan(tolerance) ? Verdict.Improved
            : Verdict.Passed;
    }

    /// <summary>
    /// The candidate against the base. The twin is the base too: the mean of the estimates against the one and
    /// against the other errs less, for an unlucky draw of the base's own copies counts half.
    /// </summary>
    public static PairedEstimate Change(IReadOnlyList<PairedProcess> processes) => PairedEstimate.Mean(
        Estimate([.. processes.Select(process => (process.Base, process.Candidate))]),
        Estimate([.. processes.Select(process => (process.Twin, process.Candidate))]));

    /// <summary>The base against itself: what it shows is the machine's and the method's own error.</summary>
    public static PairedEstimate SameAgainstSame(IReadOnlyList<PairedProcess> processes) =>
        Estimate([.. processes.Select(process => (process.Base, process.Twin))]);

    private static PairedEstimate Estimate((IReadOnlyList<CopySamples> Base, IReadOnlyList<CopySamples> Other)[] processes)
    {
        var baseFloor = processes.SelectMany(process => process.Base).Min(copy => Middle.Of(copy.Wall));
        var otherFloor = processes.SelectMany(process => process.Other).Min(copy => Middle.Of(copy.Wall));
        var pairs = processes.SelectMany(process => process.Base.Zip(process.Other)).ToArray();
        return new PairedEstimate(
            100 * ((otherFloor / baseFloor) - 1),
            otherFloor - baseFloor,
            100 * (Middle.Of(pairs.Select(pair => MiddleOfPairs(pair.First, pair.Second, (own, other) => other / own))) - 1),
            Middle.Of(pairs.Select(pair => MiddleOfPairs(pair.First, pair.Second, (own, other) => other - own))));
    }

    private static double MiddleOfPairs(CopySamples own, CopySamples other, Func<double, double, double> compare) =>
        Middle.Of(own.Cpu.Zip(other.Cpu, compare));
}
