namespace PerfTests.Verdicts;

/// <summary>What comparing with a stored baseline gave.</summary>
/// <param name="WorsePercent">How much worse the figure is, the machine's own change of speed taken out; negative is better.</param>
/// <param name="MachineSlowerPercent">How much slower the machine itself was than at the baseline.</param>
/// <param name="CorePressurePercent">
/// How much slower, beyond that, code ran that keeps many instructions in flight: another guest shares the physical core.
/// </param>
/// <param name="IsSuspect">Worse beyond the tolerance.</param>
/// <param name="IsBetter">Better beyond the tolerance.</param>
public sealed record StoredComparison(
    double WorsePercent, double MachineSlowerPercent, double CorePressurePercent, bool IsSuspect, bool IsBetter)
{
    /// <summary>Pressure on the core that is worth mistrusting a figure for.</summary>
    private const double MistrustedPressurePercent = 5;

    /// <summary>The most that a shared core was seen to slow any code down by: 1.8 times.</summary>
    private const double LargestEffectPercent = 80;

    /// <summary>True if the machine, and not the code, may be what changed.</summary>
    public bool IsExplainedByTheMachine =>
        IsSuspect && CorePressurePercent > MistrustedPressurePercent && WorsePercent < LargestEffectPercent;
}
