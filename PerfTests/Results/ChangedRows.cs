using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>Finds the rows of a run that changed.</summary>
public static class ChangedRows
{
    /// <summary>
    /// Lists the rows that regressed, improved or were inconclusive. The change of any other row is within its limit, which noise can
    /// cause. Regressed rows come first. The others are in the order of the size of their change, largest first.
    /// </summary>
    public static IReadOnlyList<MetricResult> Of(ResultsDocument results) =>
    [
        .. results.Metrics.Values
            .Where(row => row.Judgement?.Verdict is Verdict.Regressed or Verdict.Improved or Verdict.Inconclusive)
            .OrderByDescending(row => row.Judgement!.Verdict == Verdict.Regressed)
            .ThenByDescending(row => Math.Abs(row.Judgement!.WorsePercent ?? double.MaxValue)),
    ];
}
