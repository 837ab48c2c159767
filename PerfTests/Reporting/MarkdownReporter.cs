using System.Globalization;
using System.Text;
using PerfTests.Files;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>
/// Writes a comment for a merge request: the verdict in one line, then what needs attention, then all other content in folded sections.
/// No line begins with a slash, because GitLab would execute such a line as a quick action.
/// </summary>
public sealed class MarkdownReporter : IReporter
{
    /// <summary>Hidden marker by which the next pipeline finds the comment and replaces it.</summary>
    public const string Marker = "<!-- perf-suite -->";

    /// <summary>Name of the report file, which contains the merge-request comment.</summary>
    public const string FileName = "report.md";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, FileName), Render(results))];

    /// <summary>Returns the text of the comment.</summary>
    public static string Render(ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        text.Append(Marker).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"**{Symbol(results)} {Headline.Of(results)}**{Rest(results)}\n\n");
        text.Append(RegressionText.Render(results));
        text.Append(Warnings(RunSummary.Reasons(results)));
        var disturbances = Warnings(results.Metadata.Disturbances ?? []);
        text.Append(results.Verdict.IsGood ? string.Empty : disturbances).Append('\n');
        var improved = ChangedRows.Of(results).Where(row => row.Judgement!.Verdict == Verdict.Improved).ToArray();
        Fold(text, "Rows that improved", improved.Length > 0 ? MarkdownTables.Rows(improved) : string.Empty);
        Fold(text, "All rows", results.Metrics.Count > 0 ? MarkdownTables.AllRows(results) : string.Empty);
        Fold(text, "Original allocator and arena", MarkdownTables.Pairs(results));
        Fold(text, "Bottleneck analysis", MarkdownTables.Bottleneck(results));
        Fold(text, "Disturbances", results.Verdict.IsGood ? disturbances : string.Empty);
        Fold(text, "Machine, commit and baseline", RunOrigin.Render(results));
        return text.ToString();
    }

    private static string Warnings(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"- ⚠️ {SafeText.Code(line)}\n"));

    /// <summary>Returns what the headline does not say: the number of improved rows, or that nothing changed.</summary>
    private static string Rest(ResultsDocument results)
    {
        var improved = results.Metrics.Values.Count(row => row.Judgement?.Verdict == Verdict.Improved);
        return improved > 0 ? FormattableString.Invariant($", {improved} improved")
            : results.Verdict.IsGood ? ": nothing beyond noise"
            : string.Empty;
    }

    private static void Fold(StringBuilder text, string summary, string body)
    {
        if (body.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<details><summary>{summary}</summary>\n\n{body}\n</details>\n\n");
        }
    }

    private static string Symbol(ResultsDocument results) =>
        results.Verdict.IsBad ? "❌" : results.Verdict.IsGood ? "✅" : "⚠️";
}
