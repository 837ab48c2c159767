using System.Text;
using System.Xml;

namespace PerfTests.Reporting;

/// <summary>Replaces those characters of foreign text that have a special meaning in a report format.</summary>
internal static class SafeText
{
    /// <summary>
    /// Returns the text as a Markdown code span of one line, within which markup, HTML, mentions and quick actions have no effect.
    /// </summary>
    public static string Code(string text)
    {
        var line = OneLine(text).Replace('`', '\'').Replace('|', '¦').Trim();
        return line.Length > 0 ? $"`{line}`" : string.Empty;
    }

    /// <summary>
    /// Returns the text on one line: control characters, line ends and marks of writing direction become spaces, and half surrogate
    /// pairs become U+FFFD.
    /// </summary>
    public static string OneLine(string text) =>
        Filter(text, rune => Rune.IsControl(rune) || IsSeparatorOrDirection(rune) ? " " : rune.ToString());

    /// <summary>Returns the text with U+FFFD in place of each character that XML 1.0 forbids even if it is escaped.</summary>
    public static string Xml(string text) =>
        Filter(text, rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());

    /// <summary>
    /// Returns a name of ASCII letters, digits and the allowed characters. Every other character becomes an underscore. A changed name
    /// gets a suffix that is computed from the original name, so that different names stay different.
    /// </summary>
    public static string Name(string text, string allowed)
    {
        var name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || allowed.Contains(c, StringComparison.Ordinal) ? c : '_'));
        return name == text ? name : $"{name}_{Digest.Md5(text)[..6]}";
    }

    private static bool IsSeparatorOrDirection(Rune rune) =>
        rune.Value is 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static string Filter(string text, Func<Rune, string> replace) =>
        string.Concat(text.EnumerateRunes().Select(replace));
}
