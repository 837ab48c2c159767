namespace PerfTests.Verdicts;

/// <summary>How much worse a figure may be. Both limits must be exceeded: a percentage of 1 ns is less than noise.</summary>
/// <param name="Percent">Relative to what it is compared with.</param>
/// <param name="AbsoluteNanoseconds">Per operation.</param>
public sealed record Tolerance(double Percent, double AbsoluteNanoseconds);
