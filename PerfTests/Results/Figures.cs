using System.Globalization;
using PerfTests.Metrics;

namespace PerfTests.Results;

/// <summary>Figures for people: three significant digits and the unit.</summary>
public static class Figures
{
    private const int SignificantDigits = 3;

    /// <summary>E.g. <c>9.7 ns</c>, <c>10,200 ns</c>, <c>43.1 GB/s</c>.</summary>
    public static string Format(double value, MetricUnit unit) => $"{Format(value)} {unit.Symbol}";

    /// <summary>The number alone.</summary>
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        var decimals = Math.Max(0, SignificantDigits - magnitude);
        var scale = Math.Pow(10, Math.Max(0, magnitude - SignificantDigits));
        var rounded = Math.Round(value / scale) * scale;
        return (decimals > 0 ? value : rounded).ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }
}
