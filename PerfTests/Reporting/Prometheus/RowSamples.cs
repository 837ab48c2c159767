using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Prometheus;

/// <summary>Returns the samples of a row.</summary>
internal static class RowSamples
{
    private const double Percent = 100;

    public static IEnumerable<ExpositionSample> Of(MetricResult row, KeyValuePair<string, string> machine)
    {
        var (metric, rowLabels) = RowSeries.Of(row);
        KeyValuePair<string, string>[] labels = [new("metric", metric), machine, .. rowLabels];
        var isJudged = row.Judgement?.Verdict is Verdict.Passed or Verdict.Improved or Verdict.Regressed;
        var figures = RowFigures.Of(row);
        yield return new("perf_judged", "1 if the row was judged, 0 if it could not be judged", labels, isJudged ? 1 : 0);
        foreach (var value in Values(row, figures, labels))
        {
            yield return value;
        }

        // A row that was not judged has no change, and must not resolve the alert on an earlier regression.
        if (isJudged)
        {
            foreach (var sample in Judgement(row, figures, labels))
            {
                yield return sample;
            }
        }
    }

    private static IEnumerable<ExpositionSample> Values(
        MetricResult row, RowFigures figures, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var unit = BaseUnit.Of(row.Unit);
        yield return new($"perf_value_{unit.Name}", $"Measured value of a row, in {Words(unit)}", labels, figures.Candidate * unit.Factor);
        if ((figures.Decider == FigureDecider.Bound ? figures.LimitAmount : figures.Base) is { } baseline)
        {
            yield return new(
                $"perf_baseline_{unit.Name}",
                $"Value or bound that the row was judged by, in {Words(unit)}",
                labels,
                baseline * unit.Factor);
        }
    }

    private static IEnumerable<ExpositionSample> Judgement(
        MetricResult row, RowFigures figures, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        yield return new(
            "perf_regressed", "1 if the row regressed, else 0", labels, row.Judgement!.Verdict == Verdict.Regressed ? 1 : 0);
        if (figures.ChangePercent is { } change)
        {
            var worse = MetricUnit.Find(row.Unit)?.Better == Direction.Higher ? -change : change;
            yield return new(
                "perf_change_ratio", "Change for the worse relative to the baseline; negative for an improvement", labels, worse / Percent);
        }

        if (figures.LimitPercent is { } limit)
        {
            yield return new("perf_tolerance_ratio", "Largest change for the worse that passes", labels, limit / Percent);
        }
    }

    private static string Words(BaseUnit unit) => unit.Name.Replace('_', ' ');
}
