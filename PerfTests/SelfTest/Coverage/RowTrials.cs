namespace PerfTests.SelfTest.Coverage;

/// <summary>Trial of one row by itself.</summary>
/// <param name="Slowed">Operation that was slowed down, or <see cref="Benchmark"/>.</param>
/// <param name="Trial">Result of the trial.</param>
internal sealed record RowTrial(string Slowed, CoverageTrial Trial)
{
    /// <summary>Text for a slowdown of the row's benchmark.</summary>
    public const string Benchmark = "its benchmark";
}

/// <summary>Tries rows that saw no slowdown of an operation, until they see one.</summary>
internal static class RowTrials
{
    /// <summary>Largest number of operations that are slowed down for one row.</summary>
    private const int MaxOperations = 3;

    /// <summary>Slowdowns of the row in points above its tolerance, in the order of the trials.</summary>
    private static readonly double[] s_pointsAboveTolerance = [20, 100];

    /// <summary>
    /// Slows down the operations that take most of the row's time, one at a time. The row's benchmark is slowed down instead if the row
    /// times system calls and calls no operation. Ends with the first slowdown that the row sees.
    /// </summary>
    public static IEnumerable<RowTrial> Try(RowProfile profile, SlowedPairs pairs)
    {
        foreach (var trial in All(profile, pairs))
        {
            yield return trial;
            if (trial.Trial.IsSeen)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<RowTrial> All(RowProfile profile, SlowedPairs pairs)
    {
        foreach (var percent in s_pointsAboveTolerance.Select(points => pairs.TolerancePercent(profile) + points))
        {
            if (profile.Uses.Count == 0 && profile.Row.Kind == MetricKind.SystemCall)
            {
                yield return new RowTrial(RowTrial.Benchmark, pairs.PairSlowedBenchmark(profile, percent));
            }

            foreach (var operation in profile.Uses
                .OrderByDescending(use => use.Value.CallsPerOperation * Math.Max(1, use.Value.NanosecondsPerCall))
                .Take(MaxOperations)
                .Select(use => use.Key))
            {
                var slowed = pairs.Slow(operation, profile, percent);
                yield return new RowTrial($"`{operation.Name}`", pairs.Pair(slowed, profile, percent));
            }
        }
    }
}
