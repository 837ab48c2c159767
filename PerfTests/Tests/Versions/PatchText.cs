using System.Text.RegularExpressions;

namespace PerfTests.Tests.Versions;

/// <summary>Reads patch files.</summary>
internal static partial class PatchText
{
    /// <summary>
    /// Returns the comments that the patched source must contain. There should be none: a comment can then be improved
    /// without mending a patch.
    /// </summary>
    public static IEnumerable<string> CommentsToMatch(string patch) => File.ReadLines(patch).Where(line => Comment().IsMatch(line));

    [GeneratedRegex(@"^[ -]\s*//")]
    private static partial Regex Comment();
}
