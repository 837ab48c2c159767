using System.Globalization;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>
/// Returns values for programs that compare two runs and know nothing of noise: GitLab, github-action-benchmark, ResultsComparer. Such
/// a value changes only if the code does. As long as a row neither regressed nor improved, it is the oldest value that was accepted.
/// Rounding alone would not suffice: a value near the border of two steps would change with every run.
/// </summary>
internal static class PublishedValue
{
    /// <summary>Significant digits of a value. The last one is below every tolerance.</summary>
    private const string Digits = "G3";

    /// <summary>
    /// Returns the judged change of a row in percent, positive for a larger value; 0 if the row neither regressed nor improved.
    /// </summary>
    public static double ChangePercentOf(MetricResult row) =>
        row.Judgement?.Verdict is Verdict.Regressed or Verdict.Improved ? RowFigures.Of(row).ChangePercent ?? 0 : 0;

    /// <summary>
    /// Returns the published value; null if every run gives another value. This is so for a paired row without a stored baseline: its
    /// change is judged, and its value is not.
    /// </summary>
    public static double? SteadyOf(MetricResult row)
    {
        var unit = MetricUnit.Find(row.Unit);
        if (unit is { IsCount: true })
        {
            // A count that is judged with a tolerance may differ between runs by less than its tolerance.
            var isUnchanged = row.Judgement is { Verdict: not (Verdict.Regressed or Verdict.Improved) };
            return Math.Round((isUnchanged ? row.Judgement!.StoredValueAtReferenceSpeed : null) ?? row.Value, CountRule.Decimals);
        }

        if (unit is { HasBound: true })
        {
            return row.Judgement is { Verdict: not Verdict.Regressed, BaselineValue: { } bound } ? bound : Round(row.Value);
        }

        if (row.Judgement?.StoredValueAtReferenceSpeed is { } stored)
        {
            return Round(stored * (1 + (ChangePercentOf(row) / 100)));
        }

        // The first run stores its values, so the next run publishes the same values again.
        return row.Judgement?.Paired is null ? Round(row.ValueAtReferenceSpeed ?? row.Value) : null;
    }

    /// <summary>Returns the published value, or the value of this run alone if every run gives another value.</summary>
    public static double Of(MetricResult row) => SteadyOf(row) ?? Round(row.ValueAtReferenceSpeed ?? row.Value);

    private static double Round(double value) =>
        double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
