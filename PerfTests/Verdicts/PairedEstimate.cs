namespace PerfTests.Verdicts;

/// <summary>How much slower one version is than the other, by the two statistics of the paired rule.</summary>
/// <param name="FloorPercent">F: the floors' ratio, less 100 %.</param>
/// <param name="FloorNanoseconds">The floors' difference, per operation.</param>
/// <param name="PairPercent">P: the median of the pairs' ratios, less 100 %.</param>
/// <param name="PairNanoseconds">The median of the pairs' differences, per operation.</param>
public sealed record PairedEstimate(double FloorPercent, double FloorNanoseconds, double PairPercent, double PairNanoseconds)
{
    /// <summary>True if the mean of both statistics is within half the tolerance, either way.</summary>
    public bool IsWithinHalf(Tolerance tolerance) =>
        Math.Abs(FloorPercent + PairPercent) / 2 <= tolerance.Percent / 2
        || Math.Abs(FloorNanoseconds + PairNanoseconds) / 2 <= tolerance.AbsoluteNanoseconds / 2;

    /// <summary>True if both statistics are slower than the tolerance allows.</summary>
    public bool IsSlowerThan(Tolerance tolerance) =>
        FloorPercent > tolerance.Percent && FloorNanoseconds > tolerance.AbsoluteNanoseconds
        && PairPercent > tolerance.Percent && PairNanoseconds > tolerance.AbsoluteNanoseconds;

    /// <summary>True if both statistics are faster by more than the tolerance.</summary>
    public bool IsFasterThan(Tolerance tolerance) =>
        -FloorPercent > tolerance.Percent && -FloorNanoseconds > tolerance.AbsoluteNanoseconds
        && -PairPercent > tolerance.Percent && -PairNanoseconds > tolerance.AbsoluteNanoseconds;
}
