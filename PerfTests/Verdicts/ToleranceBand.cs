namespace PerfTests.Verdicts;

/// <summary>Range of the values that are within the tolerance of a baseline.</summary>
/// <param name="Low">Smallest value of the range.</param>
/// <param name="High">Largest value of the range.</param>
public sealed record ToleranceBand(double Low, double High)
{
    /// <summary>Returns the range around a baseline value. The range does not extend below zero.</summary>
    public static ToleranceBand Around(double baseline, double tolerancePercent) => new(
        baseline * (1 - (Math.Min(tolerancePercent, 100) / 100)), baseline * (1 + (tolerancePercent / 100)));
}
