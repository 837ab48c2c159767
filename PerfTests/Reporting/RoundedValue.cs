using System.Globalization;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Rounds values for formats whose readers compare values of two runs digit by digit.</summary>
internal static class RoundedValue
{
    /// <summary>
    /// Returns a row's value with the digits that its noise supports. If a value differs from its baseline by no more than the noise, the
    /// baseline's value is returned. Rounding alone would still show a change if the two values were rounded to different steps.
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

    /// <summary>
    /// Returns the smallest of …, 0.5, 1, 2, 5, 10, 20, … that is not below the given value. On an axis, such steps are easy to
    /// read.
    /// </summary>
    public static double Step(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= atLeast * (1 - 1e-9));
    }
}
