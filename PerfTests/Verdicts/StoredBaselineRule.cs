namespace PerfTests.Verdicts;

/// <summary>
/// Compares a run with a stored baseline. The statistic is the smallest batch median of the row, divided by the smallest
/// batch median of the calibration loop beside it. Other work on the machine only adds time, so the minimum is the time of the code itself,
/// and the division removes changes of the machine's speed. A value beyond the limit is only a suspicion, which
/// fresh processes confirm or refute.
/// </summary>
public static class StoredBaselineRule
{
    /// <summary>Number of fresh processes that measure a suspected regression again; README.md: "Why three confirming processes".</summary>
    public const int ConfirmingProcesses = 3;

    /// <summary>
    /// Percentage points between the tolerance and the lower limit that raises a suspicion. README.md explains them: "Why a guard
    /// band of three percentage points".
    /// </summary>
    public const double GuardBandPoints = 3;

    /// <summary>Compares the launches of a run with those of a baseline.</summary>
    /// <param name="direction">Direction in which the metric improves.</param>
    /// <param name="candidate">Launches of the run.</param>
    /// <param name="baseline">Launches of the baseline.</param>
    /// <param name="tolerance">Largest allowed change for the worse.</param>
    public static StoredComparison Compare(
        Direction direction, IReadOnlyList<LaunchMinima> candidate, IReadOnlyList<LaunchMinima> baseline, Tolerance tolerance)
    {
        if (!ArePossible(candidate) || !ArePossible(baseline) || !tolerance.IsPossible)
        {
            return StoredComparison.Impossible;
        }

        var candidateMinimum = candidate.Min(launch => launch.RowNanoseconds);
        var baselineMinimum = baseline.Min(launch => launch.RowNanoseconds);
        var machineRatio = candidate.Min(launch => launch.CalibrationNanoseconds) / baseline.Min(launch => launch.CalibrationNanoseconds);
        var timeRatio = candidateMinimum / (baselineMinimum * machineRatio);
        var slowerNanoseconds = (candidateMinimum / machineRatio) - baselineMinimum;
        var worsePercent = 100 * WorseFraction(direction, timeRatio);
        return new StoredComparison(
            worsePercent,
            100 * (machineRatio - 1),
            100 * (ParallelRatio(candidate, baseline) / machineRatio - 1),
            IsBeyond(worsePercent, slowerNanoseconds, tolerance),
            IsBeyond(-worsePercent, -slowerNanoseconds, tolerance))
        {
            LimitPercent = LimitPercent(tolerance),
            LimitNanoseconds = tolerance.AbsoluteNanoseconds,
        };
    }

    /// <summary>
    /// Compares values of seed files, which have no launches. The limit is then the tolerance itself, without a guard band, as in
    /// the scripts that wrote those files.
    /// </summary>
    public static StoredComparison Compare(Direction direction, double candidate, double baseline, Tolerance tolerance)
    {
        if (!MeasuredTime.IsPossible(candidate) || !MeasuredTime.IsPossible(baseline) || !tolerance.IsPossible)
        {
            return StoredComparison.Impossible;
        }

        var timeRatio = direction == Direction.Lower ? candidate / baseline : baseline / candidate;
        var worsePercent = 100 * WorseFraction(direction, timeRatio);
        return new StoredComparison(worsePercent, 0, 0, worsePercent > tolerance.Percent, worsePercent < -tolerance.Percent)
        {
            LimitPercent = tolerance.Percent,
        };
    }

    /// <summary>Returns the verdict of a row that fresh processes measured again, because it could not be paired.</summary>
    public static Verdict AfterConfirming(StoredComparison comparison, MetricKind kind) => comparison switch
    {
        { IsImpossible: true } => Verdict.Inconclusive,
        { IsSuspect: false } => comparison.IsBetter && kind.CanBeStored() ? Verdict.Improved : Verdict.Passed,
        _ when !kind.CanBeStored() || comparison.IsExplainedByTheMachine => Verdict.Inconclusive,
        _ => Verdict.Regressed,
    };

    /// <summary>Returns the verdict of a row that cannot be measured again, for example because two results files are compared.</summary>
    public static Verdict WithoutConfirming(StoredComparison comparison) =>
        comparison.IsImpossible ? Verdict.Inconclusive
        : comparison.IsSuspect ? Verdict.Regressed
        : comparison.IsBetter ? Verdict.Improved
        : Verdict.Passed;

    /// <summary>
    /// Returns the largest change that raises no suspicion: the tolerance minus the guard band, and at least half the tolerance.
    /// </summary>
    public static double LimitPercent(Tolerance tolerance) => Math.Max(tolerance.Percent - GuardBandPoints, tolerance.Percent / 2);

    /// <summary>
    /// Returns the tolerance with which pairing confirms a suspected regression: the limit that raised the suspicion. If the
    /// smaller tolerance for pairing were used, a change within the stored tolerance would fail whenever noise raised a suspicion.
    /// </summary>
    public static Tolerance ConfirmingTolerance(Tolerance stored, Tolerance paired) => new(
        Math.Max(LimitPercent(stored), paired.Percent), Math.Max(stored.AbsoluteNanoseconds, paired.AbsoluteNanoseconds));

    private static bool ArePossible(IReadOnlyList<LaunchMinima> launches) =>
        launches.Count > 0 && launches.All(launch => launch.IsPossible);

    private static bool IsBeyond(double percent, double nanoseconds, Tolerance tolerance) =>
        percent > LimitPercent(tolerance) && nanoseconds > tolerance.AbsoluteNanoseconds;

    private static double ParallelRatio(IReadOnlyList<LaunchMinima> candidate, IReadOnlyList<LaunchMinima> baseline) =>
        candidate.Min(launch => launch.ParallelCalibrationNanoseconds) is { } now
        && baseline.Min(launch => launch.ParallelCalibrationNanoseconds) is { } then
            ? now / then
            : candidate.Min(launch => launch.CalibrationNanoseconds) / baseline.Min(launch => launch.CalibrationNanoseconds);

    /// <summary>
    /// Converts a ratio of times into a change of the value for the worse. A rate that drops by a tenth is a tenth worse.
    /// </summary>
    private static double WorseFraction(Direction direction, double timeRatio) =>
        direction == Direction.Lower ? timeRatio - 1 : 1 - (1 / timeRatio);
}
