namespace PerfTests.Tests.Packages;

/// <summary>Extracts code from Markdown files, so that examples can be compiled.</summary>
internal static class MarkdownCode
{
    private const string Fence = "```";

    /// <summary>Returns the lines of all code blocks of a language, in their order.</summary>
    public static string Of(string file, string language)
    {
        var code = new List<string>();
        var isInside = false;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                isInside = line == Fence + language;
            }
            else if (isInside)
            {
                code.Add(line);
            }
        }

        return string.Join('\n', code);
    }
}
