namespace PerfTests.Verdicts;

/// <summary>Judges values by a fixed bound.</summary>
public static class BoundRule
{
    /// <summary>
    /// Returns the verdict on a count or a ratio. The verdict is inconclusive if the value is not finite or is negative.
    /// </summary>
    /// <param name="direction">Direction in which the value improves.</param>
    /// <param name="value">Value to judge.</param>
    /// <param name="bound">Worst value that passes.</param>
    /// <param name="isExact">True if a value that is better than the bound counts as an improvement.</param>
    public static Verdict Judge(Direction direction, double value, double bound, bool isExact = false)
    {
        if (!double.IsFinite(value) || value < 0 || !double.IsFinite(bound))
        {
            return Verdict.Inconclusive;
        }

        var isBetter = direction == Direction.Higher ? value > bound : value < bound;
        return isBetter && isExact ? Verdict.Improved
            : isBetter || value == bound ? Verdict.Passed
            : Verdict.Regressed;
    }
}
