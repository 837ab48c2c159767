namespace PerfTests.Verdicts;

/// <summary>Result of comparing a run with a stored baseline.</summary>
/// <param name="WorsePercent">
/// Change for the worse after removing the machine's change of speed. A negative value is an improvement.
/// </param>
/// <param name="MachineSlowerPercent">Slowdown of the machine since the baseline was measured, as the calibration loop shows it.</param>
/// <param name="CorePressurePercent">
/// Slowdown of code that keeps many instructions in flight, in addition to <c>MachineSlowerPercent</c>. Such a slowdown shows
/// that another virtual machine shares the physical core.
/// </param>
/// <param name="IsSuspect">True if the value is worse by more than the limit.</param>
/// <param name="IsBetter">True if the value is better by more than the limit.</param>
public sealed record StoredComparison(
    double WorsePercent, double MachineSlowerPercent, double CorePressurePercent, bool IsSuspect, bool IsBetter)
{
    /// <summary>Largest change that raises no suspicion, in percent.</summary>
    public double LimitPercent { get; init; }

    /// <summary>Change in nanoseconds per operation that raises no suspicion whatever its percentage; null if there is none.</summary>
    public double? LimitNanoseconds { get; init; }

    /// <summary>Core pressure in percent, above which the machine may have caused a slower value.</summary>
    private const double NoteworthyPressurePercent = 5;

    /// <summary>Largest slowdown that a shared core has been observed to cause: 1.8 times the time.</summary>
    private const double LargestEffectPercent = 80;

    /// <summary>
    /// Comparison without a result: a side has no launch, a value cannot have been measured, or the tolerance is not a number.
    /// </summary>
    public static StoredComparison Impossible { get; } = new(double.NaN, 0, 0, false, false);

    /// <summary>True if there is no result. The verdict is then inconclusive.</summary>
    public bool IsImpossible => !double.IsFinite(WorsePercent);

    /// <summary>
    /// True if the row must be paired before its verdict: it looks worse or better by more than the limit, whatever its kind of work. A
    /// baseline that was stored too slow makes later values look better, even after a slowdown.
    /// </summary>
    public bool NeedsPair => IsSuspect || IsBetter;

    /// <summary>True if the machine, rather than the code, may have caused the suspected regression.</summary>
    public bool IsExplainedByTheMachine =>
        IsSuspect && CorePressurePercent > NoteworthyPressurePercent && WorsePercent < LargestEffectPercent;
}
