using System.Text;
using PerfTests.Baselines;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Formats the comparison of two results files for a terminal.</summary>
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

        foreach (var row in comparison.Uncompared)
        {
            text.Append(SafeText.OneLine($"not comparable: {row.Key}: {row.Reason}")).Append('\n');
        }

        var verdicts = comparison.Rows.Select(row => row.Verdict).Concat(comparison.Uncompared.Select(_ => Verdict.NotComparable));
        return text.Append(Headline.Counts(verdicts.Cast<Verdict?>())).ToString().TrimEnd();
    }

    private static string[] Row(ComparedRow row)
    {
        var (then, now) = (MetricUnit.ByName[row.Before.Unit], MetricUnit.ByName[row.After.Unit]);
        var change = now.Better == Direction.Lower ? row.WorsePercent : -row.WorsePercent;
        return
        [
            SafeText.OneLine(row.Key),
            ValueText.Format(row.Before.Value, then),
            ValueText.Format(row.After.Value, now),
            change is { } percent ? Change.Format(percent) : "-",
            VerdictName.Of(row.Verdict) + (row.Note is { } note ? $" ({SafeText.OneLine(note)})" : string.Empty),
        ];
    }
}
