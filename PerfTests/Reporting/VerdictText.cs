using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Formats verdicts of rows for tables.</summary>
internal static class VerdictText
{
    /// <summary>
    /// Returns the verdict. If a row passed although its change exceeds the limit in percent, the reason follows in parentheses.
    /// </summary>
    public static string Of(MetricResult row) => row.Judgement is { } judgement
        ? Of(judgement.Verdict, RowFigures.Of(row), judgement.Paired)
        : FigureText.None;

    /// <summary>Returns a verdict with the reason, if the values do not explain it.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="figures">Values that the report shows beside the verdict.</param>
    /// <param name="paired">Result of pairing; null if the row was not paired.</param>
    public static string Of(Verdict verdict, RowFigures figures, PairedResult? paired) =>
        verdict == Verdict.Passed && Math.Abs(figures.ChangePercent ?? 0) > figures.LimitPercent && WhyPassed(figures, paired) is { } reason
            ? $"{VerdictName.Of(verdict)} ({reason})"
            : VerdictName.Of(verdict);

    private static string? WhyPassed(RowFigures figures, PairedResult? paired)
    {
        var isBetter = figures.ChangePercent > 0 == (MetricUnit.Find(figures.Unit)?.Better == Direction.Higher);
        var limit = TimePercent(figures);
        return paired is not null && SmallerPercent(paired) <= limit / 2 ? "one statistic only"
            : isBetter && paired is not null && !IsWithinAmount(figures)
                && Math.Abs(paired.PairsPercent) <= PairedEstimate.ErrorMultiple * paired.PairsErrorPercent
                ? "within the spread of its samples"
            : paired is not null && !IsWithinAmount(figures) && Math.Abs(paired.MinimaPercent - paired.PairsPercent) > 2 * limit
                ? "statistics contradict each other"
            : paired is not null || IsWithinAmount(figures) ? $"within {FigureText.Amount(figures)}"
            : isBetter ? "better, not paired"
            : null;
    }

    /// <summary>Returns the limit as a percentage of time. If a rate falls by 20 %, the time of an operation rises by 25 %.</summary>
    private static double? TimePercent(RowFigures figures) => MetricUnit.Find(figures.Unit)?.Better == Direction.Higher
        ? 100 * ((1 / (1 - (figures.LimitPercent / 100))) - 1)
        : figures.LimitPercent;

    private static bool IsWithinAmount(RowFigures figures) => Math.Abs(figures.Candidate - figures.Base ?? 0) <= figures.LimitAmount;

    private static double SmallerPercent(PairedResult paired) => Math.Sign(paired.MinimaPercent) == Math.Sign(paired.PairsPercent)
        ? Math.Min(Math.Abs(paired.MinimaPercent), Math.Abs(paired.PairsPercent))
        : 0;
}
