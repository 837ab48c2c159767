using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Formats the table of rows that a run prints at its end.</summary>
public static class ConsoleTable
{
    private const string None = "-";

    private static readonly string[] s_headings = ["row", "measured", "baseline", "change", "verdict"];

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

    /// <summary>Returns the cells of a row without the row's name, for the line that a run prints when the row ends.</summary>
    public static string Summary(MetricResult row)
    {
        return string.Join(", ", Cells(row)[1..].Where(cell => cell != None));
    }

    private static string[] Cells(MetricResult row)
    {
        var unit = MetricUnit.ByName[row.Unit];
        var judgement = row.Judgement;
        var baseline = judgement?.BaselineValue is { } value ? ValueText.Format(value, unit) : None;
        return
        [
            SafeText.OneLine(row.Name),
            ValueText.Format(row.Value, unit),
            unit.HasBound && baseline != None ? $"{(unit.Better == Direction.Higher ? ">=" : "<=")} {baseline}" : baseline,
            Change.Of(row),
            judgement is null ? None : VerdictName.Of(judgement.Verdict),
        ];
    }
}
