namespace PerfTests.History;

/// <summary>Change of level in a series of values.</summary>
/// <param name="Index">Index of the first value of the new level.</param>
/// <param name="Before">Median of the values before the change.</param>
/// <param name="After">Median of the values after the change.</param>
/// <param name="ChangePercent">Size of the change; null if it cannot be given in percent, because a value is not above zero.</param>
/// <param name="Confidence">1 minus the probability that a series without a change has such a change point anywhere.</param>
internal sealed record DetectedChange(int Index, double Before, double After, double? ChangePercent, double Confidence);
