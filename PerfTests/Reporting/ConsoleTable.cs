using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>The table at the end of a run.</summary>
public static class ConsoleTable
{
    private const string None = "-";

    private static readonly string[] s_headings = ["row", "measured", "baseline", "change", "verdict"];

    /// <summary>A plain table, a line per figure, below the verdict and its counts.</summary>
    /// <param name="results">The results.</param>
    /// <param name="paint">Gives the line of a value its colour, or null.</param>
    public static string Render(ResultsDocument results, Func<MetricResult, string, string>? paint = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        var plain = Lines(results.Metrics.Values).ToArray();
        var lines = paint is null ? plain : [plain[0], .. results.Metrics.Values.Zip(plain[1..], paint)];
        return $"Performance of {SafeText.OneLine(results.Metadata.MachineClass ?? "an unknown machine")}: {Headline.WithCounts(results)}\n{string.Join('\n', lines)}";
    }

    /// <summary>The lines of these figures, below the headings.</summary>
    internal static IEnumerable<string> Lines(IEnumerable<MetricResult> figures) =>
        TextTable.Lines([s_headings, .. figures.Select(Row)]).Select(line => $"  {line}");

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
        var baseline = judgement?.BaselineValue is { } value ? ValueText.Format(value, unit) : None;
        return
        [
            SafeText.OneLine(figure.Name),
            ValueText.Format(figure.Value, unit),
            unit.HasBounds && baseline != None ? $"{(unit.Better == Direction.Higher ? ">=" : "<=")} {baseline}" : baseline,
            Change.Of(figure),
            judgement is null ? None : VerdictName.Of(judgement.Verdict),
        ];
    }
}
