using System.Globalization;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>The table at the end of a run.</summary>
public static class ConsoleTable
{
    private const string None = "-";

    private static readonly string[] s_headings = ["row", "measured", "baseline", "change", "verdict"];

    /// <summary>A plain table, a line per figure, and a line that counts the verdicts.</summary>
    public static string Render(ResultsDocument results)
    {
        string[][] rows = [s_headings, .. results.Metrics.Values.Select(Row)];
        var widths = Enumerable.Range(0, s_headings.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => "  " + string.Join("  ", row.Select((cell, column) =>
            column is 0 or 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        var counts = results.Metrics.Values
            .GroupBy(figure => figure.Judgement?.Verdict)
            .OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        return $"Performance of {results.Metadata.MachineClass}\n{string.Join('\n', lines)}\n  {string.Join(", ", counts)}";
    }

    /// <summary>A figure in a few words, for the line that says a row is done.</summary>
    public static string Summary(MetricResult figure)
    {
        var row = Row(figure);
        return string.Join(", ", row[1..].Where(cell => cell != None));
    }

    private static string[] Row(MetricResult figure)
    {
        var unit = MetricUnit.ByName[figure.Unit];
        var judgement = figure.Judgement;
        var baseline = judgement?.BaselineValue is { } value ? Figures.Format(value, unit) : None;
        return
        [
            figure.Name,
            Figures.Format(figure.Value, unit),
            figure.Unit == MetricUnit.Ratio.Name ? $">= {baseline}" : baseline,
            Change.Of(figure),
            judgement?.Verdict switch
            {
                Verdict.Regressed => "REGRESSED",
                Verdict.NotComparable => "not comparable",
                { } other => other.ToString(),
                null => None,
            },
        ];
    }
}
