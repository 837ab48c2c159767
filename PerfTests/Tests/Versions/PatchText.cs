using System.Text.RegularExpressions;

namespace PerfTests.Tests.Versions;

/// <summary>Reads patch files.</summary>
internal static partial class PatchText
{
    /// <summary>
    /// Returns the comments that a source must contain for the patch to fit. A patch should match no comment, so that comments can be
    /// improved without a change of the patch.
    /// </summary>
    public static IEnumerable<string> CommentsToMatch(string patch) => File.ReadLines(patch).Where(line => Comment().IsMatch(line));

    [GeneratedRegex(@"^[ -]\s*//")]
    private static partial Regex Comment();
}
