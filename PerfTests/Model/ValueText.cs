using System.Globalization;

namespace PerfTests.Model;

/// <summary>Formats values for people: three significant digits and the unit.</summary>
public static class ValueText
{
    private const int SignificantDigits = 3;

    /// <summary>Returns a value with its unit's symbol, e.g. <c>9.70 ns</c>, <c>10,200 ns</c>; whole counts keep all digits.</summary>
    public static string Format(double value, MetricUnit unit) => unit.IsCount && double.IsInteger(value)
        ? string.Create(CultureInfo.InvariantCulture, $"{value:N0} {unit.Symbol}")
        : $"{Format(value)} {unit.Symbol}";

    /// <summary>Returns the number alone.</summary>
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var rounded = double.Parse(value.ToString($"G{SignificantDigits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var decimals = Math.Clamp(SignificantDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))), 0, 15);
        return rounded.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }
}
