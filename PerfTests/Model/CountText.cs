namespace PerfTests.Model;

/// <summary>Writes numbers of things in sentences.</summary>
internal static class CountText
{
    private static readonly string[] s_hissing = ["s", "x", "ch", "sh"];

    /// <summary>Returns the number and the noun, such as <c>1 row</c> and <c>2 rows</c>.</summary>
    public static string Of(long count, string noun) => FormattableString.Invariant($"{count} {Noun(count, noun)}");

    /// <summary>Returns the noun for a number: the noun itself if the number is 1, otherwise its plural.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">Noun in the singular, such as <c>row</c>, <c>fresh process</c> or <c>layout copy</c>.</param>
    public static string Noun(long count, string noun) =>
        count == 1 ? noun
        : noun.EndsWith('y') && !noun.EndsWith("ay", StringComparison.Ordinal) ? $"{noun[..^1]}ies"
        : Array.Exists(s_hissing, end => noun.EndsWith(end, StringComparison.Ordinal)) ? $"{noun}es"
        : $"{noun}s";
}
