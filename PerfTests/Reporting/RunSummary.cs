using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>
/// Formats the last lines of a run on the console: the reasons for missing verdicts, and then the verdict and the next step.
/// </summary>
public static class RunSummary
{
    /// <summary>
    /// Largest number of failed rows that the last line names. For further ones it gives only their number. Regressed rows are always
    /// named.
    /// </summary>
    private const int MaxFailed = 4;

    /// <summary>Returns one line for each reason why rows were not judged or not measured, with the number of rows.</summary>
    public static IEnumerable<string> Reasons(ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. NotJudged(results)
                .GroupBy(row => row.Judgement!.Reason ?? row.Judgement.Message)
                .Select(group => Reason("NOT JUDGED", [.. group.Select(row => LabelOf(row.Name))], group.Key)),
            .. (results.NotMeasured ?? new Dictionary<string, NotMeasured>()).Values
                .GroupBy(row => (row.Outcome, row.Reason))
                .OrderBy(group => group.Key.Outcome)
                .Select(group => Reason(Word(group.Key.Outcome), [.. group.Select(row => row.Label)], group.Key.Reason)),
        ];
    }

    /// <summary>Returns the last line of a run: the verdict, the rows that regressed or failed, and what to do.</summary>
    /// <param name="results">The results.</param>
    /// <param name="report">Path of the report with the details.</param>
    public static string LastLine(ResultsDocument results, string report)
    {
        ArgumentNullException.ThrowIfNull(results);
        var regressed = ChangedRows.Of(results).Where(row => row.Judgement!.Verdict == Verdict.Regressed).ToArray();
        var failed = (results.NotMeasured ?? new Dictionary<string, NotMeasured>())
            .Where(row => row.Value.Outcome == NotMeasuredOutcome.Failed).ToArray();
        var rest = failed.Length - MaxFailed;
        string[] rows =
        [
            .. regressed.Select(Regressed),
            .. failed.Take(MaxFailed).Select(row => $"{row.Value.Label} failed"),
            .. rest > 0 ? [FormattableString.Invariant($"{rest} more failed")] : Array.Empty<string>(),
        ];
        string?[] parts =
        [
            rows.Length == 0 ? Headline.Of(results) : $"{Headline.Of(results)}: {string.Join(", ", rows)}",
            ReproductionCommand.Of(results.Metadata, regressed, [.. failed.Select(row => row.Key)]) is { } command
                ? $"run again: {command}"
                : null,
            $"report: {report}",
        ];
        return SafeText.OneLine(string.Join("; ", parts.Where(part => part is not null)));
    }

    private static IEnumerable<MetricResult> NotJudged(ResultsDocument results) =>
        results.Metrics.Values.Where(row => row.Judgement?.Verdict is Verdict.NotComparable or Verdict.Inconclusive);

    private static string Reason(string word, IReadOnlyList<string> labels, string reason)
    {
        var rows = labels.Count == 1 ? labels[0] : CountText.Of(labels.Count, "row");
        return SafeText.OneLine($"{word}: {rows}: {reason}");
    }

    private static string Regressed(MetricResult row)
    {
        var figures = RowFigures.Of(row);
        return figures.Decider == FigureDecider.Bound
            ? $"{LabelOf(row.Name)} {FigureText.Candidate(figures)} ({FigureText.Limit(figures)})"
            : $"{LabelOf(row.Name)} {FigureText.Step(figures)}";
    }

    private static string LabelOf(string key) => TestIdentity.Find(key)?.Label ?? key;

    private static string Word(NotMeasuredOutcome outcome) => outcome switch
    {
        NotMeasuredOutcome.Lacking => "cannot be measured here",
        NotMeasuredOutcome.Disabled => "disabled in perfsettings.json",
        _ => "FAILED",
    };
}
