namespace PerfTests.Verdicts;

/// <summary>How much slower one version is than the other, by the two statistics of the paired rule.</summary>
/// <param name="FloorPercent">F: the floors' ratio, less 100 %.</param>
/// <param name="FloorNanoseconds">The floors' difference, per operation.</param>
/// <param name="PairPercent">P: the median of the pairs' ratios, less 100 %.</param>
/// <param name="PairNanoseconds">The median of the pairs' differences, per operation.</param>
public sealed record PairedEstimate(double FloorPercent, double FloorNanoseconds, double PairPercent, double PairNanoseconds)
{
    /// <summary>The share of the tolerance that each statistic must reach for itself.</summary>
    private const double LeastShare = 0.5;

    /// <summary>Their errors are independent of each other, so their mean errs less than either.</summary>
    public double MeanPercent => (FloorPercent + PairPercent) / 2;

    /// <summary>The mean of the differences, per operation.</summary>
    public double MeanNanoseconds => (FloorNanoseconds + PairNanoseconds) / 2;

    /// <summary>True if the mean is slower than the tolerance allows, and each statistic for itself by half of it.</summary>
    public bool IsSlowerThan(Tolerance tolerance) => Exceeds(1, tolerance);

    /// <summary>The same, faster.</summary>
    public bool IsFasterThan(Tolerance tolerance) => Exceeds(-1, tolerance);

    /// <summary>True if either is so.</summary>
    public bool IsApart(Tolerance tolerance) => IsSlowerThan(tolerance) || IsFasterThan(tolerance);

    /// <summary>
    /// True if the two statistics are further apart than they can be of one change: the machine gave the copies
    /// such different conditions that neither says anything.
    /// </summary>
    public bool IsContradictory(Tolerance tolerance) =>
        Math.Abs(FloorPercent - PairPercent) > 2 * tolerance.Percent
        && Math.Abs(FloorNanoseconds - PairNanoseconds) > 2 * tolerance.AbsoluteNanoseconds;

    /// <summary>The larger of the two, either way.</summary>
    public double LargestPercent => Math.Max(Math.Abs(FloorPercent), Math.Abs(PairPercent));

    /// <summary>True if each statistic for itself is slower than the tolerance allows: there is no doubt.</summary>
    public bool IsClearlySlowerThan(Tolerance tolerance) =>
        Math.Min(FloorPercent, PairPercent) > tolerance.Percent
        && Math.Min(FloorNanoseconds, PairNanoseconds) > tolerance.AbsoluteNanoseconds;

    /// <summary>True if the mean is within half the tolerance, either way, and the two do not contradict each other: there is no doubt.</summary>
    public bool IsClearlyWithin(Tolerance tolerance) =>
        (Math.Abs(MeanPercent) <= tolerance.Percent * LeastShare && Math.Abs(FloorPercent - PairPercent) <= 2 * tolerance.Percent)
        || Math.Max(Math.Abs(FloorNanoseconds), Math.Abs(PairNanoseconds)) <= tolerance.AbsoluteNanoseconds * LeastShare;

    /// <summary>The mean of two estimates of one change.</summary>
    public static PairedEstimate Mean(PairedEstimate one, PairedEstimate other) => new(
        (one.FloorPercent + other.FloorPercent) / 2,
        (one.FloorNanoseconds + other.FloorNanoseconds) / 2,
        (one.PairPercent + other.PairPercent) / 2,
        (one.PairNanoseconds + other.PairNanoseconds) / 2);

    private bool Exceeds(int sign, Tolerance tolerance) =>
        sign * MeanPercent > tolerance.Percent
        && sign * MeanNanoseconds > tolerance.AbsoluteNanoseconds
        && sign * FloorPercent > tolerance.Percent * LeastShare
        && sign * PairPercent > tolerance.Percent * LeastShare;
}
