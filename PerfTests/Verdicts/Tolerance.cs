namespace PerfTests.Verdicts;

/// <summary>Largest allowed change for the worse. A regression exceeds both limits, because a few percent of 1 ns are only noise.</summary>
/// <param name="Percent">Limit in percent of the baseline.</param>
/// <param name="AbsoluteNanoseconds">Limit in nanoseconds per operation.</param>
public sealed record Tolerance(double Percent, double AbsoluteNanoseconds)
{
    /// <summary>True if both limits are numbers of at least zero.</summary>
    public bool IsPossible => Percent >= 0 && AbsoluteNanoseconds >= 0;
}
