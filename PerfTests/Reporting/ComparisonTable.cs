using System.Text;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Two files side by side, for a terminal.</summary>
internal static class ComparisonTable
{
    public static string Render(FileComparison comparison)
    {
        string[][] rows = [["row", "before", "after", "change", "verdict"], .. comparison.Rows.Select(Row)];
        var text = new StringBuilder();
        if (comparison.Rows.Count > 0)
        {
            text.AppendJoin('\n', TextTable.Lines(rows)).Append('\n');
        }

        Append(text, "only in the first file", comparison.OnlyBefore);
        Append(text, "only in the second file", comparison.OnlyAfter);
        return text.Append(OverallVerdict.Counts(comparison.Rows.Select(row => (Verdict?)row.Verdict))).ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, string heading, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            text.Append(heading).Append(": ").Append(SafeText.OneLine(key)).Append('\n');
        }
    }

    private static string[] Row(ComparedFigure row)
    {
        var (then, now) = (MetricUnit.ByName[row.Before.Unit], MetricUnit.ByName[row.After.Unit]);
        var change = now.Better == Direction.Lower ? row.WorsePercent : -row.WorsePercent;
        return
        [
            SafeText.OneLine(row.Key),
            Figures.Format(row.Before.Value, then),
            Figures.Format(row.After.Value, now),
            change is { } percent ? Change.Format(percent) : "-",
            VerdictName.Of(row.Verdict) + (row.Note is { } note ? $" ({SafeText.OneLine(note)})" : string.Empty),
        ];
    }
}
