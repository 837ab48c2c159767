namespace PerfTests.Verdicts;

/// <summary>Largest allowed change for the worse. Both limits must be exceeded: a percentage of 1 ns is less than the noise.</summary>
/// <param name="Percent">Limit relative to the baseline.</param>
/// <param name="AbsoluteNanoseconds">Limit per operation.</param>
public sealed record Tolerance(double Percent, double AbsoluteNanoseconds);
