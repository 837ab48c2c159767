using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PerfTests.Commands;

/// <summary>Creates options that accept a number in a range. The decimal separator is a point in every locale.</summary>
internal static class NumberOption
{
    /// <summary>Creates an option with a default value.</summary>
    public static Option<T> Create<T>(string name, string description, T minimum, T maximum, T defaultValue)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => Parse(result, name, minimum, maximum) ?? defaultValue,
        };

    /// <summary>Creates an option whose value is null if the option is not given.</summary>
    public static Option<T?> CreateOptional<T>(string name, string alias, string description, T minimum, T maximum)
        where T : struct, INumber<T> => new(name, alias)
        {
            Description = description,
            CustomParser = result => Parse(result, name, minimum, maximum),
        };

    private static T? Parse<T>(ArgumentResult result, string name, T minimum, T maximum)
        where T : struct, INumber<T>
    {
        // NumberStyles.Number would read 5,5 as 55.
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        var kind = T.IsInteger(minimum + (T.One / (T.One + T.One))) ? "a whole number" : "a number such as 2.5, without a unit,";
        var allowed = string.Create(CultureInfo.InvariantCulture, $"{kind} from {minimum:#,0} to {maximum:#,0}");
        result.AddError($"{name} is \"{text}\". Allowed: {allowed}.");
        return null;
    }
}
