using System.Globalization;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Rounds values for formats whose readers compare the digits of two runs.</summary>
internal static class RoundedValue
{
    /// <summary>
    /// Returns a row's value with the digits that its noise supports. A value within the noise of its baseline becomes the baseline's:
    /// rounding alone would still show a change for a value near the edge of a step.
    /// </summary>
    public static double Of(MetricResult row)
    {
        var noise = row.NoiseFraction;
        var isWithinNoise = row.Judgement is { BaselineValue: > 0 and { } baseline } && row.Launches is not null
            && Math.Abs(row.Value - baseline) <= noise * baseline;
        var value = isWithinNoise ? row.Judgement!.BaselineValue!.Value : row.Value;
        if (noise == 0 || value == 0)
        {
            return Math.Round(value, CountRule.Decimals);
        }

        var step = Step(noise * Math.Abs(value));
        var rounded = Math.Max(Math.Round(value / step), 1) * step;

        // Multiples of 0.05 are not exact in binary; formatting restores the intended digits.
        return double.Parse(rounded.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the smallest of 1, 2, 5, 10, 20, … that is at least a value: a step that people can read on an axis.</summary>
    public static double Step(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= atLeast * (1 - 1e-9));
    }
}
