namespace PerfTests.Verdicts;

/// <summary>Slowdown of one version against another, by the statistics of <see cref="PairedRule"/>; negative is faster.</summary>
/// <param name="MinimaPercent">Ratio of minima, minus 100 %.</param>
/// <param name="MinimaNanoseconds">Candidate's minimum minus the baseline's, per operation.</param>
/// <param name="PairsPercent">Median of pair ratios, minus 100 %.</param>
/// <param name="PairsNanoseconds">Median of the differences of the pairs, per operation.</param>
/// <param name="WallPairsPercent">Median of pair ratios by the wall clock, minus 100 %.</param>
/// <param name="WallPairsNanoseconds">Median of the differences of the pairs by the wall clock, per operation.</param>
public sealed record PairedEstimate(
    double MinimaPercent,
    double MinimaNanoseconds,
    double PairsPercent,
    double PairsNanoseconds,
    double WallPairsPercent,
    double WallPairsNanoseconds)
{
    /// <summary>
    /// Fraction of the tolerance that each statistic must exceed, while the mean of both must exceed the whole tolerance.
    /// </summary>
    private const double RequiredFraction = 0.5;

    /// <summary>Multiple of the tolerance that the mean of a clear change exceeds.</summary>
    private const double ClearMultiple = 1.3;

    /// <summary>
    /// Multiple of the tolerance that both statistics of the wall clock must exceed for a longer wait. Other programs distort the wall
    /// clock more than the CPU clock.
    /// </summary>
    private const double WaitMultiple = 1.5;

    /// <summary>
    /// Multiple of its standard error that a median of pair ratios must exceed for a change to count. About 8 % of 1,476 medians of equal
    /// code exceeded it, counting both directions, see Verdicts/README.md. Of normally distributed errors, 4.6 % would.
    /// </summary>
    public const double ErrorMultiple = 2;

    /// <summary>Smallest quotient of the smaller and the larger statistic at which the two agree.</summary>
    private const double Agreement = 0.5;

    /// <summary>Standard error of <see cref="PairsPercent"/>, from the spread of the samples within each pair of copies.</summary>
    public double PairsErrorPercent { get; init; }

    /// <summary>Standard error of <see cref="WallPairsPercent"/>.</summary>
    public double WallPairsErrorPercent { get; init; }

    /// <summary>
    /// True if the median of pair ratios is at most twice its standard error. Few samples, or a disturbed machine, can then cause any
    /// change that the statistics show.
    /// </summary>
    public bool IsWithinSpread => Math.Abs(PairsPercent) <= ErrorMultiple * PairsErrorPercent;

    /// <summary>
    /// Mean of the ratio of minima and the median of pair ratios. Their errors are independent, so the mean has a smaller error than each.
    /// </summary>
    public double MeanPercent => (MinimaPercent + PairsPercent) / 2;

    /// <summary>Mean of the two differences, in nanoseconds per operation.</summary>
    public double MeanNanoseconds => (MinimaNanoseconds + PairsNanoseconds) / 2;

    /// <summary>True if all statistics are finite. Statistics of valid samples can overflow.</summary>
    public bool IsFinite =>
        double.IsFinite(MeanPercent + WallPairsPercent) && double.IsFinite(MeanNanoseconds + WallPairsNanoseconds)
        && double.IsFinite(PairsErrorPercent + WallPairsErrorPercent);

    /// <summary>Larger absolute value of the ratio of minima and the median of pair ratios, in percent.</summary>
    public double LargestPercent => Math.Max(Math.Abs(MinimaPercent), Math.Abs(PairsPercent));

    /// <summary>The same as <see cref="LargestPercent"/>, with the median by the wall clock.</summary>
    public double LargestWallPercent => Math.Max(Math.Abs(MinimaPercent), Math.Abs(WallPairsPercent));

    /// <summary>Mean of the two statistics of the wall clock.</summary>
    public double MeanWallPercent => (MinimaPercent + WallPairsPercent) / 2;

    /// <summary>Tells whether the mean slowdown exceeds the tolerance, and the slowdown by each statistic exceeds half of it.</summary>
    public bool IsSlowerThan(Tolerance tolerance) => Exceeds(1, tolerance);

    /// <summary>Tells whether the mean speed-up exceeds the tolerance, and the speed-up by each statistic exceeds half of it.</summary>
    public bool IsFasterThan(Tolerance tolerance) => Exceeds(-1, tolerance);

    /// <summary>Tells whether the two versions differ by more than the tolerance, in either direction.</summary>
    public bool IsApart(Tolerance tolerance) => IsSlowerThan(tolerance) || IsFasterThan(tolerance);

    /// <summary>
    /// Tells whether the two statistics differ by more than twice the tolerance. A change of the CPU time alone hardly causes that: either
    /// the copies ran under different conditions, or the code waits longer.
    /// </summary>
    public bool IsContradictory(Tolerance tolerance) =>
        Math.Abs(MinimaPercent - PairsPercent) > 2 * tolerance.Percent
        && Math.Abs(MinimaNanoseconds - PairsNanoseconds) > 2 * tolerance.AbsoluteNanoseconds;

    /// <summary>Tells whether both statistics show a slowdown beyond the tolerance.</summary>
    public bool IsSlowerByBoth(Tolerance tolerance) =>
        Math.Min(MinimaPercent, PairsPercent) > tolerance.Percent
        && Math.Min(MinimaNanoseconds, PairsNanoseconds) > tolerance.AbsoluteNanoseconds;

    /// <summary>
    /// Tells whether the change is within the spread of the samples, or the two statistics contradict each other and one of them is
    /// within 1.3 times the tolerance. Then it is not certain that the code changed, whatever their mean is.
    /// </summary>
    public bool IsUncertain(Tolerance tolerance) => IsWithinSpread || (IsContradictory(tolerance)
        && Math.Min(Math.Abs(MinimaPercent), Math.Abs(PairsPercent)) <= tolerance.Percent * ClearMultiple);

    /// <summary>
    /// Tells whether both statistics show a change beyond the tolerance in the same direction, and their mean exceeds the tolerance by
    /// three tenths of it. If one statistic is less than half of the other, or they contradict each other, each of them must exceed the
    /// tolerance by as much. A change within the spread of the samples is not clear.
    /// </summary>
    public bool IsClearlyApart(Tolerance tolerance)
    {
        var sign = Math.Sign(MeanPercent);
        var weaker = Math.Min(sign * MinimaPercent, sign * PairsPercent);
        var isEven = Agree(MinimaPercent, PairsPercent) && !IsContradictory(tolerance);
        return (isEven ? sign * MeanPercent : weaker) > tolerance.Percent * ClearMultiple
            && weaker > tolerance.Percent
            && !IsWithinSpread
            && Math.Min(sign * MinimaNanoseconds, sign * PairsNanoseconds) > tolerance.AbsoluteNanoseconds;
    }

    /// <summary>
    /// Tells whether both statistics of the wall clock show a change of more than 1.5 times the tolerance in the same direction, and the
    /// larger one is at most twice the smaller one, in percent or in nanoseconds. The thread's CPU clock does not count the time in which
    /// the thread waits for a lock, a timer, or the work of other threads and processes, so the median of pair ratios by that clock hardly
    /// shows a longer wait.
    /// </summary>
    public bool IsApartByWallClock(Tolerance tolerance) =>
        MinimaPercent * WallPairsPercent > 0
        && Math.Min(Math.Abs(MinimaPercent), Math.Abs(WallPairsPercent)) > tolerance.Percent * WaitMultiple
        && Math.Min(Math.Abs(MinimaNanoseconds), Math.Abs(WallPairsNanoseconds)) > tolerance.AbsoluteNanoseconds
        && (Agree(MinimaPercent, WallPairsPercent) || Agree(MinimaNanoseconds, WallPairsNanoseconds));

    /// <summary>
    /// Tells whether the wall clock shows a slowdown beyond the spread of the samples, see <see cref="IsApartByWallClock"/>.
    /// </summary>
    public bool IsSlowerByWallClock(Tolerance tolerance) =>
        MinimaPercent > 0 && WallPairsPercent > ErrorMultiple * WallPairsErrorPercent && IsApartByWallClock(tolerance);

    /// <summary>
    /// Tells whether the code may wait longer: both statistics of the wall clock show a slowdown beyond the tolerance, or the median of
    /// pair ratios by the wall clock shows one of more than twice the tolerance, so that the code may wait in most batches, but not in the
    /// fastest one.
    /// </summary>
    public bool MayWaitLonger(Tolerance tolerance) =>
        (Math.Min(MinimaPercent, WallPairsPercent) > tolerance.Percent
            && Math.Min(MinimaNanoseconds, WallPairsNanoseconds) > tolerance.AbsoluteNanoseconds)
        || (WallPairsPercent > 0 && WallPairsNanoseconds > 0 && IsApartInWallPairs(tolerance));

    /// <summary>
    /// Tells whether the versions differ by more than twice the tolerance in the median of pair ratios by the wall clock.
    /// </summary>
    public bool IsApartInWallPairs(Tolerance tolerance) =>
        Math.Abs(WallPairsPercent) > 2 * tolerance.Percent && Math.Abs(WallPairsNanoseconds) > 2 * tolerance.AbsoluteNanoseconds;

    /// <summary>
    /// Tells whether the mean is within half of the tolerance, the two statistics do not contradict each other, and the wall clock shows
    /// no change.
    /// </summary>
    public bool IsClearlyWithin(Tolerance tolerance) =>
        ((Math.Abs(MeanPercent) <= tolerance.Percent * RequiredFraction && Math.Abs(MinimaPercent - PairsPercent) <= 2 * tolerance.Percent)
            || Math.Max(Math.Abs(MinimaNanoseconds), Math.Abs(PairsNanoseconds)) <= tolerance.AbsoluteNanoseconds * RequiredFraction)
        && !IsApartByWallClock(tolerance)
        && !MayWaitLonger(tolerance);

    /// <summary>Returns the mean of two estimates of the same change.</summary>
    public static PairedEstimate Mean(PairedEstimate one, PairedEstimate other) => new(
        (one.MinimaPercent + other.MinimaPercent) / 2,
        (one.MinimaNanoseconds + other.MinimaNanoseconds) / 2,
        (one.PairsPercent + other.PairsPercent) / 2,
        (one.PairsNanoseconds + other.PairsNanoseconds) / 2,
        (one.WallPairsPercent + other.WallPairsPercent) / 2,
        (one.WallPairsNanoseconds + other.WallPairsNanoseconds) / 2)
    {
        // The candidate's samples are part of both, so the mean's error is hardly smaller than each.
        PairsErrorPercent = (one.PairsErrorPercent + other.PairsErrorPercent) / 2,
        WallPairsErrorPercent = (one.WallPairsErrorPercent + other.WallPairsErrorPercent) / 2,
    };

    private static bool Agree(double one, double other) =>
        one * other > 0 && Math.Min(Math.Abs(one), Math.Abs(other)) >= Math.Max(Math.Abs(one), Math.Abs(other)) * Agreement;

    private bool Exceeds(int sign, Tolerance tolerance) =>
        sign * MeanPercent > tolerance.Percent
        && sign * MeanNanoseconds > tolerance.AbsoluteNanoseconds
        && sign * MinimaPercent > tolerance.Percent * RequiredFraction
        && sign * PairsPercent > tolerance.Percent * RequiredFraction
        && sign * MinimaNanoseconds > tolerance.AbsoluteNanoseconds * RequiredFraction
        && sign * PairsNanoseconds > tolerance.AbsoluteNanoseconds * RequiredFraction;
}
