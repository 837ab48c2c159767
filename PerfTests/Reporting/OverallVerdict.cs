using System.Globalization;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Verdict of a whole run.</summary>
internal static class OverallVerdict
{
    /// <summary>The worst verdict of all figures; null if there is none.</summary>
    public static Verdict? Of(ResultsDocument results)
    {
        Verdict[] worstFirst = [Verdict.Regressed, Verdict.Inconclusive, Verdict.NotComparable, Verdict.Improved, Verdict.Passed];
        var seen = results.Metrics.Values.Select(figure => figure.Judgement?.Verdict).ToHashSet();
        return worstFirst.Cast<Verdict?>().FirstOrDefault(verdict => seen.Contains(verdict));
    }

    /// <summary>True if a row regressed or failed.</summary>
    public static bool IsBad(ResultsDocument results) => Of(results) == Verdict.Regressed || HasFailed(results);

    /// <summary>True if every row was measured and judged, and none is worse.</summary>
    public static bool IsGood(ResultsDocument results) =>
        !IsBad(results) && !results.Metadata.IsInterrupted && Of(results) is Verdict.Passed or Verdict.Improved;

    /// <summary>One line: the verdict, and how many rows it rests on.</summary>
    public static string Line(ResultsDocument results)
    {
        var counts = Counts(results.Metrics.Values.Select(figure => figure.Judgement?.Verdict));
        return $"{Headline(results)} ({(counts.Length > 0 ? counts : "no rows")})";
    }

    /// <summary>
    /// The verdict in capitals, with the number of rows that it is about: <c>REGRESSED 2 of 72</c>. A run that was cut short
    /// says so first, and a row without a verdict is never passed over.
    /// </summary>
    public static string Headline(ResultsDocument results)
    {
        var rows = Math.Max(results.Metadata.RowsAskedFor ?? 0, results.Metrics.Count + (results.NotMeasured?.Count ?? 0));
        var interrupted = results.Metadata.IsInterrupted
            ? FormattableString.Invariant($"INTERRUPTED: {results.Metadata.RowsEnded} of {results.Metadata.RowsAskedFor} rows; ")
            : string.Empty;
        var lacking = results.NotMeasured?.Values.Count(row => row.Outcome != NotMeasuredOutcome.Failed) ?? 0;
        var notMeasured = lacking > 0 ? FormattableString.Invariant($", {lacking} NOT MEASURED") : string.Empty;
        return results.Metrics.Count == 0 && !HasFailed(results)
            ? $"{interrupted}NOTHING MEASURED"
            : $"{interrupted}{Judged(results, rows)}{notMeasured}";
    }

    private static string Judged(ResultsDocument results, int rows)
    {
        var regressed = Count(results, Verdict.Regressed);
        var failed = results.NotMeasured?.Values.Count(row => row.Outcome == NotMeasuredOutcome.Failed) ?? 0;
        var notJudged = Count(results, Verdict.NotComparable) + Count(results, Verdict.Inconclusive);
        string?[] parts =
        [
            regressed > 0 ? FormattableString.Invariant($"REGRESSED {regressed} of {rows}") : null,
            failed > 0 ? FormattableString.Invariant($"FAILED {failed} of {rows}") : null,
            notJudged > 0 ? FormattableString.Invariant($"{notJudged} of {rows} rows NOT JUDGED") : null,
        ];
        var bad = parts.Where(part => part is not null).ToArray();
        return bad.Length > 0
            ? string.Join(", ", bad)
            : FormattableString.Invariant($"PASSED {Count(results, Verdict.Passed) + Count(results, Verdict.Improved)} of {rows}");
    }

    private static bool HasFailed(ResultsDocument results) =>
        results.NotMeasured?.Values.Any(row => row.Outcome == NotMeasuredOutcome.Failed) ?? false;

    private static int Count(ResultsDocument results, Verdict verdict) => results.Metrics.Values.Count(figure => figure.Judgement?.Verdict == verdict);

    /// <summary>How many there are of each, e.g. <c>47 passed, 1 regressed</c>.</summary>
    public static string Counts(IEnumerable<Verdict?> verdicts) => string.Join(", ", verdicts
        .GroupBy(verdict => verdict)
        .OrderBy(group => group.Key)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Word(group.Key)}")));

    /// <summary>The rows that changed beyond their noise, and those that could not be judged: what regressed first, then the largest change.</summary>
    public static IReadOnlyList<MetricResult> Changed(ResultsDocument results) =>
    [
        .. results.Metrics.Values
            .Where(figure => figure.Judgement?.Verdict is Verdict.Regressed or Verdict.Improved or Verdict.Inconclusive || FigureNoise.IsBeyondNoise(figure))
            .OrderByDescending(figure => figure.Judgement!.Verdict == Verdict.Regressed)
            .ThenByDescending(figure => Math.Abs(figure.Judgement!.WorsePercent ?? double.MaxValue)),
    ];

    /// <summary>A verdict within a sentence.</summary>
    public static string Word(Verdict? verdict) => verdict switch
    {
        Verdict.NotComparable => "not comparable",
        null => "not judged",
        { } other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The row that became worst, by its change; null if none became worse.</summary>
    public static MetricResult? WorstRow(ResultsDocument results) => results.Metrics.Values
        .Where(figure => figure.Judgement is { Verdict: Verdict.Regressed } or { WorsePercent: > 0 })
        .OrderByDescending(figure => figure.Judgement!.Verdict == Verdict.Regressed)
        .ThenByDescending(figure => figure.Judgement!.WorsePercent ?? double.PositiveInfinity)
        .FirstOrDefault();
}
