using System.Globalization;

namespace PerfTests.Model;

/// <summary>Formats values for people: three significant digits, and a unit of a fitting size.</summary>
public static class ValueText
{
    private const int SignificantDigits = 3;
    private const double Million = 1e6;

    /// <summary>Size of one percent.</summary>
    private const double Percent = 0.01;

    private static readonly (double Size, string Symbol)[] s_times =
        [(1, MetricUnit.Nanoseconds.Symbol), (1e3, "µs"), (1e6, "ms"), (1e9, "s")];

    /// <summary>
    /// Returns a value with its unit's symbol, such as <c>9.70 ns</c>, <c>10.2 µs</c>, <c>140 million alloc/s</c>,
    /// <c>51.2 % of free memory</c>; whole counts keep all digits.
    /// </summary>
    public static string Format(double value, MetricUnit unit) => Format(value, unit, value);

    /// <summary>Returns a value with its unit's symbol, in the size of the unit that fits another value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">Unit of both values.</param>
    /// <param name="like">Value that chooses the size of the unit, so that two values can be shown in the same unit.</param>
    public static string Format(double value, MetricUnit unit, double like)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit is { IsCount: true, IsFraction: false } && double.IsInteger(value))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{value:N0} {unit.SymbolOf(value)}");
        }

        var (size, symbol) = SizeOf(unit, Math.Abs(like));
        return $"{Format(value / size)} {symbol}";
    }

    /// <summary>
    /// Returns a limit with its unit's symbol, without trailing zeros, such as <c>0.8 x</c> or <c>88 % of the capacity</c>.
    /// </summary>
    public static string FormatLimit(double limit, MetricUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (limit == 1 && !unit.IsFraction)
        {
            return $"1 {unit.SymbolOf(limit)}";
        }

        var (size, symbol) = SizeOf(unit, Math.Abs(limit));
        var rounded = double.IsInteger(limit) ? limit / size : Round(limit / size);
        return string.Create(CultureInfo.InvariantCulture, $"{rounded:#,0.######} {symbol}");
    }

    /// <summary>
    /// Returns a count with at most four decimals, and a fraction in percent with at most two, because three significant digits could
    /// make a value look equal to its bound.
    /// </summary>
    public static string FormatCount(double value, MetricUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.IsFraction
            ? string.Create(CultureInfo.InvariantCulture, $"{value / Percent:#,0.##} % {unit.Symbol}")
            : string.Create(CultureInfo.InvariantCulture, $"{value:#,0.####} {unit.SymbolOf(value)}");
    }

    /// <summary>Returns the number alone.</summary>
    public static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var rounded = Round(value);
        var decimals = Math.Clamp(SignificantDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))), 0, 15);
        return rounded.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>Rounds a number to three significant digits.</summary>
    private static double Round(double value) =>
        double.Parse(value.ToString($"G{SignificantDigits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Returns the number by which a value is divided, and the words after the quotient.</summary>
    private static (double Size, string Symbol) SizeOf(MetricUnit unit, double like) =>
        unit == MetricUnit.Nanoseconds ? s_times.LastOrDefault(time => like >= time.Size, s_times[0])
        : unit.IsRate && like >= Million ? (Million, $"million {unit.Symbol}")
        : unit.IsFraction ? (Percent, $"% {unit.Symbol}")
        : (1, unit.Symbol);
}
