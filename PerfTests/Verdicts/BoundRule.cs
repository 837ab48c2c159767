using PerfTests.Statistics;

namespace PerfTests.Verdicts;

/// <summary>Judges values by a fixed bound.</summary>
public static class BoundRule
{
    /// <summary>
    /// Fraction of a bound by which the addresses of buffers can move a ratio of copies: 3 %. On one machine, copies of 64 KiB to 8 MiB
    /// reached 0.97 to 1.02 times the speed of <c>memcpy</c> in different runs of the same code (2026-11-27).
    /// </summary>
    private const double AddressNoise = 0.03;

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

    /// <summary>
    /// Returns the verdict on the ratio of two rows. If noise is allowed, the ratio misses the bound only if three quarters of the
    /// sample ratios miss it too, by more than <see cref="AddressNoise"/>.
    /// </summary>
    /// <param name="ratio">Ratio of the rows.</param>
    /// <param name="samples">Quartiles of the ratios of samples.</param>
    /// <param name="bound">Smallest ratio that passes.</param>
    /// <param name="allowsNoise">True if a ratio that misses the bound still passes when a quarter of the sample ratios reach it.</param>
    internal static Verdict JudgeRatio(double ratio, Quartiles samples, double bound, bool allowsNoise) =>
        allowsNoise && double.IsFinite(ratio)
            ? Judge(Direction.Higher, Math.Max(ratio, samples.Upper), bound * (1 - AddressNoise))
            : Judge(Direction.Higher, ratio, bound);
}
