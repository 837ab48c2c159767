using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Formats the table of rows that a run prints at its end.</summary>
public static class ConsoleTable
{
    private static readonly string[] s_headings = ["row", "baseline", "measured", "change", "limit", "judged by", "verdict"];

    /// <summary>Returns the verdict with the number of rows by verdict, and below it a table with one line per row.</summary>
    /// <param name="results">The results.</param>
    /// <param name="paint">Colours the line of a row; null for plain text.</param>
    public static string Render(ResultsDocument results, Func<MetricResult, string, string>? paint = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        var plain = Lines(results.Metrics.Values).ToArray();
        var lines = paint is null ? plain : [plain[0], .. results.Metrics.Values.Zip(plain[1..], paint)];
        var machine = SafeText.OneLine(results.Metadata.MachineClass ?? "an unknown machine");
        return $"Performance of {machine}: {Headline.WithCounts(results)}\n{string.Join('\n', lines)}";
    }

    /// <summary>Returns a table of the given rows, with headings.</summary>
    internal static IEnumerable<string> Lines(IEnumerable<MetricResult> rows) =>
        TextTable.Lines([s_headings, .. rows.Select(Cells)]).Select(line => $"  {line}");

    /// <summary>
    /// Returns the values and the verdict of a row, for the line that a run prints when the row ends:
    /// <c>8.00 ns -> 8.10 ns (+1.3 %), Passed</c>.
    /// </summary>
    public static string Summary(MetricResult row)
    {
        var figures = RowFigures.Of(row);
        var bound = figures.Decider == FigureDecider.Bound ? $", {FigureText.Limit(figures)}" : string.Empty;
        return $"{FigureText.Step(figures)}{bound}, {VerdictText.Of(row)}";
    }

    private static string[] Cells(MetricResult row)
    {
        var figures = RowFigures.Of(row);
        return
        [
            SafeText.OneLine(row.Name),
            FigureText.Base(figures),
            FigureText.Candidate(figures),
            FigureText.Change(figures),
            FigureText.Limit(figures),
            FigureText.Decider(figures),
            VerdictText.Of(row),
        ];
    }
}
