using System.Globalization;
using System.Text;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Formats the tables of the Markdown report.</summary>
internal static class MarkdownTables
{
    /// <summary>Returns a table of all rows.</summary>
    public static string AllRows(ResultsDocument results) => Rows(results.Metrics.Values);

    /// <summary>Returns a table of the given rows.</summary>
    public static string Rows(IEnumerable<MetricResult> rows)
    {
        var text = new StringBuilder(
            "| row | baseline | measured | change | limit | judged by | verdict |\n|---|--:|--:|--:|--:|---|---|\n");
        foreach (var row in rows)
        {
            var figures = RowFigures.Of(row);
            AppendRow(
                text,
                SafeText.Code(row.Name),
                FigureText.Base(figures),
                FigureText.Candidate(figures),
                FigureText.Change(figures),
                FigureText.Limit(figures),
                FigureText.Decider(figures),
                VerdictText.Of(row));
        }

        return text.ToString();
    }

    /// <summary>
    /// Returns one table for each other allocator, with its values beside those of the original allocator; an empty text without pairs.
    /// </summary>
    public static string Pairs(ResultsDocument results)
    {
        var pairs = Enum.GetValues<MetricGroup>()
            .SelectMany(group => AllocatorPair.Of(results, group))
            .GroupBy(pair => pair.OtherTitle)
            .ToArray();
        return string.Join('\n', pairs.Select(table => PairTable(SafeText.OneLine(table.Key), table)));
    }

    private static string PairTable(string other, IEnumerable<AllocatorPair> pairs)
    {
        var text = new StringBuilder($"| operation | {Allocators.All[0].Title} | {other} | speed-up | measured |\n|---|--:|--:|--:|---|\n");
        foreach (var pair in pairs)
        {
            AppendRow(
                text,
                SafeText.Code(pair.Title),
                pair.OriginalText,
                pair.OtherText,
                ValueText.Format(pair.Improvement, MetricUnit.Ratio),
                pair.IsSideBySide ? "side by side" : "separately");
        }

        return text.ToString();
    }

    /// <summary>Returns the bottleneck analysis as text with tables; an empty text if fewer than two parts were measured.</summary>
    public static string Bottleneck(ResultsDocument results)
    {
        var analysis = BottleneckAnalysis.Of(results);
        var text = new StringBuilder();
        if (analysis.Parts.Count < 2)
        {
            return string.Empty;
        }

        if (analysis.Largest is { } largest)
        {
            var total = ValueText.Format(analysis.TotalNanoseconds, MetricUnit.Nanoseconds);
            text.Append("Creating, filling and removing a segment of 1 MiB takes ").Append(total).Append(", the sum of the parts. ");
            text.Append(CultureInfo.InvariantCulture, $"**{largest.Name}** takes {analysis.Percent(largest):0} %.\n\n");
            text.Append("| part | time | percentage |\n|---|--:|--:|\n");
            foreach (var part in analysis.Parts)
            {
                var percent = string.Create(CultureInfo.InvariantCulture, $"{analysis.Percent(part):0.0} %");
                AppendRow(text, part.Name, ValueText.Format(part.Nanoseconds, MetricUnit.Nanoseconds), percent);
            }
        }

        if (analysis.Beside.Count > 0)
        {
            text.Append("\nIn addition, to hand the block to another process:\n\n");
            foreach (var part in analysis.Beside)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {part.Name}: {ValueText.Format(part.Nanoseconds, MetricUnit.Nanoseconds)}\n");
            }
        }

        if (analysis.Missing.Count > 0)
        {
            text.Append("\nNot measured in this run:\n\n");
            foreach (var missing in analysis.Missing)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {missing}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Appends a line of a table.</summary>
    public static void AppendRow(StringBuilder text, params string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
