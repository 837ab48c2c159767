using System.Globalization;

namespace PerfTests.Model;

/// <summary>Formats values for people: three significant digits, and a unit of a fitting size.</summary>
public static class ValueText
{
    private const int SignificantDigits = 3;
    private const double Million = 1e6;

    private static readonly (double Size, string Symbol)[] s_times =
        [(1, MetricUnit.Nanoseconds.Symbol), (1e3, "µs"), (1e6, "ms"), (1e9, "s")];

    /// <summary>
    /// Returns a value with its unit's symbol, such as <c>9.70 ns</c>, <c>10.2 µs</c>, <c>140 million alloc/s</c>; whole counts keep
    /// all digits.
    /// </summary>
    public static string Format(double value, MetricUnit unit) => Format(value, unit, value);

    /// <summary>Returns a value with its unit's symbol, in the size of the unit that fits another value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">Unit of both values.</param>
    /// <param name="like">Value that chooses the size of the unit, so that two values can be shown in the same unit.</param>
    public static string Format(double value, MetricUnit unit, double like)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.IsCount && double.IsInteger(value))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{value:N0} {unit.Symbol}");
        }

        var (size, symbol) = SizeOf(unit, Math.Abs(like));
        return $"{Format(value / size)} {symbol}";
    }

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

    /// <summary>Returns the number by which a value is divided, and the words after the quotient.</summary>
    private static (double Size, string Symbol) SizeOf(MetricUnit unit, double like) =>
        unit == MetricUnit.Nanoseconds ? s_times.LastOrDefault(time => like >= time.Size, s_times[0])
        : unit.IsRate && like >= Million ? (Million, $"million {unit.Symbol}")
        : (1, unit.Symbol);
}
