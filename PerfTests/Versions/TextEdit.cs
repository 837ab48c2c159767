namespace PerfTests.Versions;

/// <summary>A piece of a source file that is replaced.</summary>
/// <param name="File">The source file, from the top of the project.</param>
/// <param name="Text">What the file has once.</param>
/// <param name="Replacement">What stands there instead.</param>
internal sealed record TextEdit(string File, string Text, string Replacement) : ISourceEdit
{
    /// <summary>A statement before a piece of text.</summary>
    public static TextEdit Before(string file, string text, string statement) => new(file, text, $"{statement} {text}");

    /// <summary>A statement after a piece of text.</summary>
    public static TextEdit After(string file, string text, string statement) => new(file, text, $"{text} {statement}");

    /// <inheritdoc/>
    public string Apply(string source)
    {
        var found = source.IndexOf(Text, StringComparison.Ordinal);
        return found >= 0 && source.IndexOf(Text, found + 1, StringComparison.Ordinal) < 0
            ? string.Concat(source.AsSpan(0, found), Replacement, source.AsSpan(found + Text.Length))
            : throw new VersionException($"{File} has \"{Text}\" {(found < 0 ? "nowhere" : "more than once")}, so it cannot be replaced. Mend the edit that names it.");
    }
}
