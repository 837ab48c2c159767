using PerfTests.Statistics;

namespace PerfTests.Verdicts;

/// <summary>
/// Judges two versions that were measured interleaved, in several fresh processes, several copies of each.
///
/// One statistic alone cries wolf: the floor (F) is moved by the layouts that the copies happened to draw, the
/// median of pairs (P) by what runs beside. They err independently of each other, so a version is slower only
/// where both say so, and only if they still say so when all processes have been heard. F takes the wall clock,
/// because a minimum of the CPU clock can be far too small on a virtual machine (0.29 of the true value was seen);
/// P takes the CPU clock, which does not see preemption.
/// </summary>
public static class PairedRule
{
    /// <summary>Layouts are drawn per process: fewer than two processes say nothing.</summary>
    public const int MinimumProcesses = 2;

    /// <summary>After this many, what is still slower is slower.</summary>
    public const int MaximumProcesses = 4;

    /// <summary>
    /// The verdict after these processes, or null if another process has to be heard: one is dispensed with only
    /// where the two statistics together are within half the tolerance. To pass as soon as either is within the
    /// whole of it would let a lucky draw of the first two processes hide a slowdown (three of eight copies that
    /// were 6 % slower passed that way).
    /// </summary>
    public static Verdict? Judge(IReadOnlyList<PairedProcess> processes, Tolerance tolerance)
    {
        if (processes.Count < MinimumProcesses)
        {
            return null;
        }

        var change = Change(processes);
        var sameAgainstSame = SameAgainstSame(processes);
        var isClear = change.IsWithinHalf(tolerance) && sameAgainstSame.IsWithinHalf(tolerance);
        if (!isClear && processes.Count < MaximumProcesses)
        {
            return null;
        }

        if (IsApart(sameAgainstSame, tolerance))
        {
            return Verdict.Inconclusive;
        }

        return change.IsSlowerThan(tolerance) ? Verdict.Regressed
            : change.IsFasterThan(tolerance) ? Verdict.Improved
            : Verdict.Passed;
    }

    /// <summary>The candidate against the base.</summary>
    public static PairedEstimate Change(IReadOnlyList<PairedProcess> processes) =>
        Estimate([.. processes.Select(process => (process.Base, process.Candidate))]);

    /// <summary>The base against itself: what it shows is the machine's and the method's own error.</summary>
    public static PairedEstimate SameAgainstSame(IReadOnlyList<PairedProcess> processes) =>
        Estimate([.. processes.Select(process => (process.Base, process.Twin))]);

    private static bool IsApart(PairedEstimate estimate, Tolerance tolerance) =>
        estimate.IsSlowerThan(tolerance) || estimate.IsFasterThan(tolerance);

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
