namespace PerfTests.Verdicts;

/// <summary>What comparing with a stored baseline gave.</summary>
/// <param name="WorsePercent">How much worse the figure is, the machine's own change of speed taken out; negative is better.</param>
/// <param name="MachineSlowerPercent">How much slower the machine itself was than at the baseline.</param>
/// <param name="IsSuspect">Worse beyond the tolerance.</param>
/// <param name="IsBetter">Better beyond the tolerance.</param>
public sealed record StoredComparison(double WorsePercent, double MachineSlowerPercent, bool IsSuspect, bool IsBetter);
