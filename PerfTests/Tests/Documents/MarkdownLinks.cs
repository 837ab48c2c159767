using System.Text.RegularExpressions;

namespace PerfTests.Tests.Documents;

/// <summary>Finds links in Markdown documents whose target does not exist.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>Returns the broken relative links of all documents, each as "document: link: reason".</summary>
    /// <param name="top">Folder to which the paths are relative.</param>
    /// <param name="files">Paths of all files of the project, with slashes.</param>
    public static IEnumerable<string> Broken(string top, IReadOnlyCollection<string> files) =>
        from document in files
        where document.EndsWith(".md", StringComparison.Ordinal)
        from link in LinksOf(File.ReadAllText(Path.Combine(top, document)))
        let reason = ReasonAgainst(top, files, document, link)
        where reason is not null
        select $"{document}: {link}: {reason}";

    private static IEnumerable<string> LinksOf(string text) =>
        Link().Matches(WithoutCode(text)).Select(match => match.Groups["target"].Value).Where(target => !Scheme().IsMatch(target));

    private static string? ReasonAgainst(string top, IReadOnlyCollection<string> files, string document, string link)
    {
        var (target, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
        var folder = Path.GetDirectoryName(document)!;
        var path = target.Length == 0 ? document : Path.GetRelativePath(top, Path.Combine(top, folder, target)).TrimEnd('/');
        return !files.Contains(path) && !files.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal)) ? "no such file"
            : anchor is null || AnchorsOf(File.ReadAllText(Path.Combine(top, path))).Contains(anchor) ? null
            : "no such heading";
    }

    /// <summary>Returns the anchors that GitHub and GitLab give to the headings.</summary>
    private static HashSet<string> AnchorsOf(string text)
    {
        var anchors = new HashSet<string>();
        foreach (Match heading in Heading().Matches(Fence().Replace(text, string.Empty)))
        {
            var plain = Link().Replace(heading.Groups["text"].Value, "${label}").Trim().ToLowerInvariant();
            var anchor = Unused().Replace(plain, string.Empty).Replace(' ', '-');
            for (var number = 0; !anchors.Add(number == 0 ? anchor : FormattableString.Invariant($"{anchor}-{number}")); number++)
            {
                // The anchor of the second heading with the same text ends with -1, that of the third with -2.
            }
        }

        return anchors;
    }

    private static string WithoutCode(string text) => CodeSpan().Replace(Fence().Replace(text, string.Empty), string.Empty);

    [GeneratedRegex(@"\[(?<label>[^\]]*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("^#{1,6} (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex Unused();
}
