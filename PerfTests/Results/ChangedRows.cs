using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>Finds the rows of a run that changed.</summary>
public static class ChangedRows
{
    /// <summary>
    /// Lists the rows that regressed, improved, were inconclusive, or changed by more than their noise. Regressed rows come first. The
    /// others are in the order of the size of their change, largest first.
    /// </summary>
    public static IReadOnlyList<MetricResult> Of(ResultsDocument results) =>
    [
        .. results.Metrics.Values
            .Where(row => row.Judgement?.Verdict is Verdict.Regressed or Verdict.Improved or Verdict.Inconclusive || IsBeyondNoise(row))
            .OrderByDescending(row => row.Judgement!.Verdict == Verdict.Regressed)
            .ThenByDescending(row => Math.Abs(row.Judgement!.WorsePercent ?? double.MaxValue)),
    ];

    /// <summary>Returns the row with the largest change for the worse, regressed rows first; null if no row became worse.</summary>
    public static MetricResult? Worst(ResultsDocument results) => results.Metrics.Values
        .Where(row => row.Judgement is { Verdict: Verdict.Regressed } or { WorsePercent: > 0 })
        .OrderByDescending(row => row.Judgement!.Verdict == Verdict.Regressed)
        .ThenByDescending(row => row.Judgement!.WorsePercent ?? double.PositiveInfinity)
        .FirstOrDefault();

    private static bool IsBeyondNoise(MetricResult row) =>
        row.Judgement?.WorsePercent is { } percent && Math.Abs(percent) > 100 * row.NoiseFraction;
}
