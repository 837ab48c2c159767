using System.Text;
using PerfTests.Baselines;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Formats the comparison of two results files for a terminal.</summary>
internal static class ComparisonTable
{
    public static string Render(FileComparison comparison)
    {
        string[][] rows = [["row", "before", "after", "change", "limit", "judged by", "verdict"], .. comparison.Rows.Select(Row)];
        var text = new StringBuilder();
        if (comparison.Rows.Count > 0)
        {
            text.AppendJoin('\n', TextTable.Lines(rows)).Append('\n');
        }

        foreach (var row in comparison.Uncompared)
        {
            text.Append(SafeText.OneLine($"not comparable: {row.Key}: {row.Reason}")).Append('\n');
        }

        var verdicts = comparison.Rows.Select(row => row.Verdict).Concat(comparison.Uncompared.Select(_ => Verdict.NotComparable));
        return text.Append(Headline.Counts(verdicts.Cast<Verdict?>())).ToString().TrimEnd();
    }

    private static string[] Row(ComparedRow row)
    {
        var figures = row.Figures;
        var isCompared = figures.Base is not null;
        return
        [
            SafeText.OneLine(row.Key),
            isCompared ? FigureText.Base(figures) : ValueText.Format(row.Before.Value, MetricUnit.ByName[row.Before.Unit]),
            FigureText.Candidate(figures),
            FigureText.Change(figures),
            FigureText.Limit(figures),
            FigureText.Decider(figures),
            row.Note is { } note ? $"{VerdictName.Of(row.Verdict)} ({SafeText.OneLine(note)})" : VerdictText.Of(row.Verdict, figures, null),
        ];
    }
}
