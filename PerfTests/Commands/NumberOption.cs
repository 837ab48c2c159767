using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PerfTests.Commands;

/// <summary>Options that take a number of a range, written with a point whatever the machine's language.</summary>
internal static class NumberOption
{
    /// <summary>Creates an option with a usual value.</summary>
    public static Option<T> Create<T>(string name, string description, T least, T most, T usual)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => usual,
            CustomParser = result => Parse(result, name, least, most) ?? usual,
        };

    /// <summary>Creates an option that is null where it is not given.</summary>
    public static Option<T?> CreateOptional<T>(string name, string alias, string description, T least, T most)
        where T : struct, INumber<T> => new(name, alias)
        {
            Description = description,
            CustomParser = result => Parse(result, name, least, most),
        };

    private static T? Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>
    {
        // Other styles would read 5,5 as 55.
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        var kind = T.IsInteger(least + (T.One / (T.One + T.One))) ? "a whole number" : "a number such as 2.5, without a unit,";
        var allowed = string.Create(CultureInfo.InvariantCulture, $"{kind} from {least:#,0} to {most:#,0}");
        result.AddError($"{name} is \"{text}\". Allowed: {allowed}.");
        return null;
    }
}
