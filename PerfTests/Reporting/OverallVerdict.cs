using System.Globalization;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>What can be said of a whole run.</summary>
internal static class OverallVerdict
{
    /// <summary>The worst verdict of all figures; null if there is none.</summary>
    public static Verdict? Of(ResultsDocument results)
    {
        Verdict[] worstFirst = [Verdict.Regressed, Verdict.Inconclusive, Verdict.NotComparable, Verdict.Improved, Verdict.Passed];
        var seen = results.Metrics.Values.Select(figure => figure.Judgement?.Verdict).ToHashSet();
        return worstFirst.Cast<Verdict?>().FirstOrDefault(verdict => seen.Contains(verdict));
    }

    /// <summary>One line: the verdict, and how many rows it rests on.</summary>
    public static string Line(ResultsDocument results)
    {
        var counts = Counts(results.Metrics.Values.Select(figure => figure.Judgement?.Verdict));
        var lead = Of(results) switch
        {
            Verdict.Regressed => "Performance regressed",
            Verdict.Inconclusive => "No regression, but not every row could be judged",
            Verdict.NotComparable => "No regression, but not every row has a baseline",
            Verdict.Improved => "No regression, and something became faster",
            Verdict.Passed => "No regression",
            _ => "Nothing was judged",
        };
        return $"{lead} ({(counts.Length > 0 ? counts : "no rows")})";
    }

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
