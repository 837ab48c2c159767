using System.Text.RegularExpressions;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// Metrics report as GitLab reads it: comments end a line's text, a line is split as a shell splits it, the first word is the name and the
/// second the value. Both are texts. A later line of the same name replaces an earlier one.
/// </summary>
internal sealed partial class GitlabMetricsReport
{
    private readonly Dictionary<string, string> _metrics = new(StringComparer.Ordinal);

    public GitlabMetricsReport(params IEnumerable<string> files)
    {
        foreach (var line in files.SelectMany(file => file.Split('\n')))
        {
            if (ShellWords(Comment().Replace(line, string.Empty)) is [var name, var value, ..])
            {
                _metrics[name] = value;
            }
        }
    }

    public IReadOnlyCollection<string> Names => _metrics.Keys;

    /// <summary>Returns the names that the widget shows as changed, new or removed, compared with the target branch's report.</summary>
    public IReadOnlyList<string> ChangesSince(GitlabMetricsReport target) =>
    [
        .. Names.Union(target.Names)
            .Where(name => _metrics.GetValueOrDefault(name) != target._metrics.GetValueOrDefault(name)),
    ];

    private static string[] ShellWords(string line) =>
        [.. Word().Matches(line).Select(word => word.Value.Replace("\"", string.Empty, StringComparison.Ordinal))];

    [GeneratedRegex("#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""(?:"[^"]*"|[^\s"])+""")]
    private static partial Regex Word();
}
