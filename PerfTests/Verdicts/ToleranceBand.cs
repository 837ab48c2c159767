namespace PerfTests.Verdicts;

/// <summary>Values within the tolerance of a baseline.</summary>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value.</param>
public sealed record ToleranceBand(double Low, double High)
{
    /// <summary>Returns the band around a baseline value; it does not go below zero.</summary>
    public static ToleranceBand Around(double baseline, double tolerancePercent) => new(
        baseline * (1 - (Math.Min(tolerancePercent, 100) / 100)), baseline * (1 + (tolerancePercent / 100)));
}
