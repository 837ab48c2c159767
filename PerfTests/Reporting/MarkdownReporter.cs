using System.Globalization;
using System.Text;
using PerfTests.Files;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>
/// Writes a comment for a merge request: the verdict, then the rows that changed, then all other content in folded sections. No
/// line begins with a slash, because GitLab would execute such a line as a quick action.
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
        text.Append(CultureInfo.InvariantCulture, $"**{Symbol(results)} {Headline.WithCounts(results)}**\n");
        foreach (var disturbance in results.Metadata.Disturbances ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"- ⚠️ {SafeText.Code(disturbance)}\n");
        }

        text.Append('\n');
        Changes(text, results);
        Fold(text, "All rows", MarkdownTables.AllRows(results));
        Fold(text, "Original allocator and arena", MarkdownTables.Pairs(results));
        Fold(text, "Bottleneck analysis", MarkdownTables.Bottleneck(results));
        Fold(text, "Machine, commit and baseline", Origin(results));
        return text.ToString();
    }

    private static void Changes(StringBuilder text, ResultsDocument results)
    {
        var changed = ChangedRows.Of(results);
        text.Append(changed.Count > 0 ? MarkdownTables.Rows(changed) : "Nothing changed beyond noise.\n").Append('\n');
        foreach (var row in changed.Where(row => row.Judgement!.Verdict == Verdict.Regressed))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {SafeText.Code(row.Judgement!.Message)}\n");
        }

        if (ChangedRows.Worst(results) is { } worst && ReproductionCommand.Of(worst) is { } command)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nMeasure the worst row again: {SafeText.Code(command)}\n");
        }

        text.Append('\n');
    }

    private static string Origin(ResultsDocument results)
    {
        var metadata = results.Metadata;
        var baselines = results.Metrics.Values.Select(row => row.Judgement?.BaselineFile).Where(file => file is not null).Distinct();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"- machine class {SafeText.Code(metadata.MachineClass ?? "unknown")}\n");
        var changes = metadata.GitDirty ? " with uncommitted changes" : string.Empty;
        text.Append(CultureInfo.InvariantCulture, $"- commit {SafeText.Code(metadata.GitCommit ?? "unknown")}{changes}\n");
        var time = results.TimestampText is { } foreign ? SafeText.Code(foreign) : results.TimeText;
        text.Append(CultureInfo.InvariantCulture, $"- {SafeText.Code(metadata.Runtime ?? "unknown runtime")}, {time}\n");
        foreach (var file in baselines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- baseline {SafeText.Code(file!)}\n");
        }

        return text.Append("- measure all rows again: `dotnet test --filter Category=Perf`\n").ToString();
    }

    private static void Fold(StringBuilder text, string summary, string body) =>
        text.Append(CultureInfo.InvariantCulture, $"<details><summary>{summary}</summary>\n\n{body}\n</details>\n\n");

    private static string Symbol(ResultsDocument results) =>
        results.Verdict.IsBad ? "❌" : results.Verdict.IsGood ? "✅" : "⚠️";
}
