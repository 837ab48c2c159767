namespace PerfTests.Verdicts;

/// <summary>Estimates how far a value moves between runs of unchanged code.</summary>
public static class ValueNoise
{
    /// <summary>
    /// Largest noise that is assumed. Launches of a system call may differ by more, but the value is the smallest of them and varies
    /// less. A value that is rounded to coarser steps than this would say nothing.
    /// </summary>
    private const double LargestFraction = 0.1;

    /// <summary>
    /// Returns the spread between the launches as a fraction of the value. The result is at least the drift of a stored value within a
    /// quarter of an hour, because launches that follow each other do not show this drift.
    /// </summary>
    public static double Fraction(IReadOnlyList<LaunchMinima> launches)
    {
        var minima = launches.Where(launch => launch.IsPossible).Select(launch => launch.RowNanoseconds).DefaultIfEmpty(1).ToArray();
        return Math.Clamp((minima.Max() / minima.Min()) - 1, StoredBaselineRule.GuardBandPoints / 100, LargestFraction);
    }
}
