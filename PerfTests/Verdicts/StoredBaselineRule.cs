using PerfTests.Metrics;

namespace PerfTests.Verdicts;

/// <summary>
/// Compares with a stored baseline. The statistic is the floor of block medians divided by the floor of the
/// reference loop measured beside it: preemption and neighbours only ever add time, so the floor is what the code
/// itself takes, and the reference loop takes the machine's own changes of speed out. It can raise a suspicion;
/// only measuring again in fresh processes can confirm it.
/// </summary>
public static class StoredBaselineRule
{
    /// <summary>
    /// Fresh processes that a suspect is measured in before it fails. With floors over three launches against a
    /// baseline of five, no computing metric was ever wrongly beyond 3 % in 480 trials.
    /// </summary>
    public const int ConfirmingProcesses = 3;

    /// <summary>
    /// A tolerance is a promise: a change of that size is seen. Noise takes up to three points off (a stored
    /// figure drifts by 0.3 to 2.8 % in a quarter of an hour), so the limit lies that much lower.
    /// </summary>
    public const double GuardBandPoints = 3;

    /// <summary>Compares the launches of a run with those of a baseline.</summary>
    /// <param name="direction">Which way the metric improves.</param>
    /// <param name="candidate">What this run measured: at least one launch.</param>
    /// <param name="baseline">What the baseline measured: at least one launch.</param>
    /// <param name="tolerance">How much worse it may be.</param>
    public static StoredComparison Compare(
        Direction direction, IReadOnlyList<LaunchFigures> candidate, IReadOnlyList<LaunchFigures> baseline, Tolerance tolerance)
    {
        var candidateFloor = candidate.Min(launch => launch.FloorNanoseconds);
        var baselineFloor = baseline.Min(launch => launch.FloorNanoseconds);
        var machineRatio = candidate.Min(launch => launch.ReferenceNanoseconds) / baseline.Min(launch => launch.ReferenceNanoseconds);
        var timeRatio = candidateFloor / (baselineFloor * machineRatio);
        var slowerNanoseconds = (candidateFloor / machineRatio) - baselineFloor;
        return new StoredComparison(
            100 * WorseFraction(direction, timeRatio),
            100 * (machineRatio - 1),
            100 * (ParallelRatio(candidate, baseline) / machineRatio - 1),
            IsBeyond(100 * WorseFraction(direction, timeRatio), slowerNanoseconds, tolerance),
            IsBeyond(-100 * WorseFraction(direction, timeRatio), -slowerNanoseconds, tolerance));
    }

    /// <summary>
    /// Compares bare values, for a baseline that has nothing else; the tolerance is then the limit itself, as in
    /// the framework that such files come from.
    /// </summary>
    public static StoredComparison Compare(Direction direction, double candidate, double baseline, Tolerance tolerance)
    {
        var timeRatio = direction == Direction.Lower ? candidate / baseline : baseline / candidate;
        var worsePercent = 100 * WorseFraction(direction, timeRatio);
        return new StoredComparison(worsePercent, 0, 0, worsePercent > tolerance.Percent, worsePercent < -tolerance.Percent);
    }

    /// <summary>What is said of a suspicion that could only be settled by measuring again.</summary>
    public static Verdict AfterConfirming(StoredComparison comparison, MetricKind kind) => comparison switch
    {
        { IsSuspect: false } => comparison.IsBetter && kind.CanBeStored() ? Verdict.Improved : Verdict.Passed,
        _ when !kind.CanBeStored() || comparison.IsExplainedByTheMachine => Verdict.Inconclusive,
        _ => Verdict.Regressed,
    };

    /// <summary>The limit that a tolerance means.</summary>
    public static double LimitPercent(Tolerance tolerance) => Math.Max(tolerance.Percent - GuardBandPoints, tolerance.Percent / 2);

    /// <summary>
    /// What pairing holds a suspicion to. What raised it also decides: a change within the stored tolerance must not
    /// fail whenever noise happens to raise a suspicion.
    /// </summary>
    public static Tolerance ConfirmingTolerance(Tolerance stored, Tolerance paired) => new(
        Math.Max(LimitPercent(stored), paired.Percent), Math.Max(stored.AbsoluteNanoseconds, paired.AbsoluteNanoseconds));

    private static bool IsBeyond(double percent, double nanoseconds, Tolerance tolerance) =>
        percent > LimitPercent(tolerance) && nanoseconds > tolerance.AbsoluteNanoseconds;

    private static double ParallelRatio(IReadOnlyList<LaunchFigures> candidate, IReadOnlyList<LaunchFigures> baseline) =>
        candidate.Min(launch => launch.ParallelReferenceNanoseconds) is { } now && baseline.Min(launch => launch.ParallelReferenceNanoseconds) is { } then
            ? now / then
            : candidate.Min(launch => launch.ReferenceNanoseconds) / baseline.Min(launch => launch.ReferenceNanoseconds);

    /// <summary>A rate that drops by a tenth is a tenth worse, although the time rose by a ninth.</summary>
    private static double WorseFraction(Direction direction, double timeRatio) =>
        direction == Direction.Lower ? timeRatio - 1 : 1 - (1 / timeRatio);
}
