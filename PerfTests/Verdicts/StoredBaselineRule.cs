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

    /// <summary>Compares the launches of a run with those of a baseline.</summary>
    /// <param name="direction">Which way the metric improves.</param>
    /// <param name="candidate">What this run measured: at least one launch.</param>
    /// <param name="baseline">What the baseline measured: at least one launch.</param>
    /// <param name="tolerance">How much worse it may be.</param>
    public static StoredComparison Compare(
        Direction direction, IReadOnlyList<LaunchFigures> candidate, IReadOnlyList<LaunchFigures> baseline, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(tolerance);
        var candidateFloor = candidate.Min(launch => launch.FloorNanoseconds);
        var baselineFloor = baseline.Min(launch => launch.FloorNanoseconds);
        var machineRatio = candidate.Min(launch => launch.ReferenceNanoseconds) / baseline.Min(launch => launch.ReferenceNanoseconds);
        var timeRatio = candidateFloor / (baselineFloor * machineRatio);
        var slowerNanoseconds = (candidateFloor / machineRatio) - baselineFloor;
        return new StoredComparison(
            100 * WorseFraction(direction, timeRatio),
            100 * (machineRatio - 1),
            IsBeyond(direction, timeRatio, slowerNanoseconds, tolerance),
            IsBeyond(direction, 1 / timeRatio, -slowerNanoseconds, tolerance));
    }

    /// <summary>Compares bare values, for a baseline that has nothing else.</summary>
    public static StoredComparison Compare(Direction direction, double candidate, double baseline, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(tolerance);
        var timeRatio = direction == Direction.Lower ? candidate / baseline : baseline / candidate;
        var worsePercent = 100 * WorseFraction(direction, timeRatio);
        return new StoredComparison(worsePercent, 0, worsePercent > tolerance.Percent, worsePercent < -tolerance.Percent);
    }

    private static bool IsBeyond(Direction direction, double timeRatio, double slowerNanoseconds, Tolerance tolerance) =>
        100 * WorseFraction(direction, timeRatio) > tolerance.Percent && slowerNanoseconds > tolerance.AbsoluteNanoseconds;

    /// <summary>A rate that drops by a tenth is a tenth worse, although the time rose by a ninth.</summary>
    private static double WorseFraction(Direction direction, double timeRatio) =>
        direction == Direction.Lower ? timeRatio - 1 : 1 - (1 / timeRatio);
}
