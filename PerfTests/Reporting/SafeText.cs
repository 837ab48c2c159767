using System.Text;
using System.Xml;

namespace PerfTests.Reporting;

/// <summary>Makes text that comes from outside harmless in a format that gives some characters a meaning.</summary>
internal static class SafeText
{
    /// <summary>
    /// A code span of one line: the one place in Markdown where neither markup, HTML, mentions nor quick actions
    /// are looked for.
    /// </summary>
    public static string Code(string text)
    {
        var line = OneLine(text).Replace('`', '\'').Replace('|', '¦').Trim();
        return line.Length > 0 ? $"`{line}`" : string.Empty;
    }

    /// <summary>
    /// Control characters, line ends and what reverses the direction of writing become spaces, and half surrogate
    /// pairs become U+FFFD.
    /// </summary>
    public static string OneLine(string text) =>
        Filter(text, rune => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) ? " " : rune.ToString());

    /// <summary>Without what XML 1.0 cannot hold even when it is escaped.</summary>
    public static string Xml(string text) => Filter(text, rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());

    /// <summary>
    /// ASCII letters, digits and what else is allowed; anything else becomes an underscore. A name that had to be
    /// changed gets a suffix drawn from the original, so that two names stay two.
    /// </summary>
    public static string Name(string text, string allowed)
    {
        var name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || allowed.Contains(c, StringComparison.Ordinal) ? c : '_'));
        return name == text ? name : $"{name}_{Digest.Md5(text)[..6]}";
    }

    private static string Filter(string text, Func<Rune, string> replace) =>
        string.Concat(text.EnumerateRunes().Select(replace));
}
