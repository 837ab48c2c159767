using System.Globalization;
using System.Text;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Describes the regressed rows of a run in Markdown: values, versions, reasons, and how to measure each row again.</summary>
internal static class RegressionText
{
    /// <summary>Returns the text; an empty text if no row regressed or failed.</summary>
    public static string Render(ResultsDocument results)
    {
        var regressed = ChangedRows.Of(results).Where(row => row.Judgement!.Verdict == Verdict.Regressed).ToArray();
        var text = new StringBuilder();
        if (regressed.Length > 0)
        {
            AppendTable(text, regressed);
            text.Append(CultureInfo.InvariantCulture, $"\nCompared: {RunOrigin.Commits(results, regressed)}\n\n");
            foreach (var row in regressed)
            {
                AppendReasons(text, results, row);
            }
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, IEnumerable<MetricResult> rows)
    {
        text.Append("| row | baseline | measured | change | limit |\n|---|--:|--:|--:|--:|\n");
        foreach (var row in rows)
        {
            var figures = RowFigures.Of(row);
            MarkdownTables.AppendRow(
                text,
                SafeText.Code(RowTitle.Of(row)),
                FigureText.Base(figures),
                FigureText.Candidate(figures),
                figures.ChangePercent is null ? FigureText.None : $"**{FigureText.Change(figures)}**",
                FigureText.Limit(figures));
        }
    }

    private static void AppendReasons(StringBuilder text, ResultsDocument results, MetricResult row)
    {
        text.Append(CultureInfo.InvariantCulture, $"- {SafeText.Code(RowTitle.Of(row))}: {How(row)}\n");
        if (InstructionEvidence.Of(results, row) is { Length: > 0 } evidence)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - why: {SafeText.Code(evidence)}\n");
        }

        if (ReproductionCommand.Of(results.Metadata, row) is { } command)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - measure again: {SafeText.Code(command)}\n");
        }
    }

    /// <summary>Returns how the regression was found.</summary>
    private static string How(MetricResult row) => (RowFigures.Of(row).Decider, row.Judgement!) switch
    {
        (FigureDecider.Pair, { Paired: { } paired }) =>
            $"paired with {SafeText.Code(paired.Baseline)} in {CountText.Of(paired.Processes, "fresh process")}",
        (FigureDecider.Count, { BaselineFile: null }) => "counted exactly; both versions were counted in one process",
        (FigureDecider.Count, _) => "counted exactly, compared with the stored count",
        (FigureDecider.Bound, var judgement) => SafeText.Code(judgement.Message),
        (FigureDecider.StoredBaseline, { BaselineFile: { Length: > 0 } file }) =>
            $"compared with baseline {SafeText.Code(file)}, adjusted to the speed of this machine, and confirmed in fresh processes",
        (_, var judgement) => SafeText.Code(judgement.Message),
    };
}
