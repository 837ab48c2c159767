using System.Globalization;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>How far a figure moves without any change.</summary>
internal static class FigureNoise
{
    /// <summary>
    /// Launches of a system call may lie far apart; the figure is the smallest of them, which moves less, and one
    /// that is rounded any further says nothing.
    /// </summary>
    private const double Largest = 0.1;

    /// <summary>Decimals of a count that is an average or a share.</summary>
    public const int CountDecimals = 3;

    /// <summary>
    /// The spread between the launches, and at least what a figure was seen to drift by in a quarter of an hour:
    /// one launch, or several in one moment, do not show that. Zero for what is counted.
    /// </summary>
    public static double Relative(MetricResult figure)
    {
        if (MetricUnit.ByName[figure.Unit].IsCount)
        {
            return 0;
        }

        var floors = (figure.Launches ?? []).Select(launch => launch.FloorNanoseconds).DefaultIfEmpty(1).ToArray();
        return Math.Clamp((floors.Max() / floors.Min()) - 1, StoredBaselineRule.GuardBandPoints / 100, Largest);
    }

    /// <summary>
    /// The figure with the digits that its noise supports. Within its noise of the baseline it is the baseline's:
    /// rounding alone would still show a change whenever a figure lies near the edge of a step.
    /// </summary>
    public static double Rounded(MetricResult figure)
    {
        var noise = Relative(figure);
        var value = figure.Judgement is { BaselineValue: > 0 and { } baseline } && figure.Launches is not null && Math.Abs(figure.Value - baseline) <= noise * baseline
            ? baseline
            : figure.Value;
        if (noise == 0 || value == 0)
        {
            return Math.Round(value, CountDecimals);
        }

        var step = Step(noise * Math.Abs(value));
        var rounded = Math.Max(Math.Round(value / step), 1) * step;

        // Multiples of 0.05 are not exact in binary; these are the digits that were meant.
        return double.Parse(rounded.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>True if the figure differs from its baseline by more than its noise.</summary>
    public static bool IsBeyondNoise(MetricResult figure) =>
        figure.Judgement?.WorsePercent is { } percent && Math.Abs(percent) > 100 * Relative(figure);

    /// <summary>The smallest of 1, 2, 5, 10, 20, … that is not below: the steps of an axis that people can read.</summary>
    public static double Step(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= atLeast * (1 - 1e-9));
    }
}
