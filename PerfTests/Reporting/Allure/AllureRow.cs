using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Allure;

/// <summary>Part of a test's Allure result that comes from the row that the test measured.</summary>
/// <param name="Result">Result of the row.</param>
public sealed record AllureRow(MetricResult Result)
{
    /// <summary>Returns the title of the row and the command that measures the row again, in Markdown.</summary>
    /// <param name="run">Run that measured the row.</param>
    public string Describe(ResultsMetadata run) =>
        string.Join("\n\n", new[] { Result.Title, ReproductionCommand.Of(run, Result) }.OfType<string>().Select(SafeText.Code));

    /// <summary>Text of the measured value. Allure shows how this text differs from the text of the expected value.</summary>
    public string Actual => FigureText.Candidate(Figures);

    /// <summary>Text of the expected value; null if there is none.</summary>
    public string? Expected => Figures switch
    {
        { Decider: FigureDecider.Bound } => FigureText.Limit(Figures),
        { Base: { } baseline, LimitPercent: { } limit } => Expectation(baseline, limit),
        { Base: not null } => FigureText.Base(Figures),
        _ => null,
    };

    /// <summary>
    /// Measured values as parameters. They are excluded from the test's identity. Otherwise Allure would take each run for a different
    /// test and show no history.
    /// </summary>
    public IReadOnlyList<AllureParameter> Measured =>
    [
        .. new (string Name, string Text)[]
        {
            ("measured", FigureText.Candidate(Figures)),
            ("baseline", FigureText.Base(Figures)),
            ("change", FigureText.Change(Figures)),
            ("limit", FigureText.Limit(Figures)),
            ("judged by", FigureText.Decider(Figures)),
            ("verdict", VerdictText.Of(Result)),
        }.Where(value => value.Text != FigureText.None).Select(value => new AllureParameter(value.Name, value.Text) { Excluded = true }),
    ];

    /// <summary>Attachments of the test, each with its name, file extension, media type and text.</summary>
    public IEnumerable<(string Name, string Extension, string Type, string Text)> Attachments
    {
        get
        {
            if (DistributionChart.Render(Result) is { } chart)
            {
                yield return ("Distribution of the samples", ".svg", "image/svg+xml", chart);
            }

            if (PercentileChart.Render(Result) is { } percentiles)
            {
                yield return ("Percentiles of single durations", ".svg", "image/svg+xml", percentiles);
            }

            var measurement = ReportJson.Write(Result with { Steps = null, BenchmarkSummary = null, PartOf = OperationParts.Of(Result) });
            yield return ("Measurement", ".json", "application/json", measurement);
            if (Result.BenchmarkSummary is { Length: > 0 } summary)
            {
                yield return ("BenchmarkDotNet summary", ".txt", "text/plain", summary);
            }
        }
    }

    /// <summary>Returns the steps of the row. If the test did not pass, the last judging step gets the test's status.</summary>
    public IReadOnlyList<AllureStep> Steps(AllureStatus status)
    {
        var steps = (Result.Steps ?? []).Select(ToStep).ToList();
        var judging = steps.FindLastIndex(step => step.Name == StepNames.Judge);
        if (judging >= 0 && status is AllureStatus.Failed or AllureStatus.Skipped)
        {
            steps[judging] = steps[judging] with { Status = status };
        }

        return steps;
    }

    /// <summary>Returns the outcome of the test that measured the row, derived from the result alone.</summary>
    public TestOutcome OutcomeAt(DateTimeOffset timestamp) => new()
    {
        Status = Result.Judgement?.Verdict switch
        {
            Verdict.Regressed => AllureStatus.Failed,
            Verdict.NotComparable or Verdict.Inconclusive or null => AllureStatus.Skipped,
            _ => AllureStatus.Passed,
        },
        Start = Result.Steps is [var first, ..] ? first.Start : timestamp,
        Stop = Result.Steps is [.., var last] ? last.Stop : timestamp,
        Categories = [CategoryName.Perf],
    };

    private MetricUnit Unit => MetricUnit.ByName[Result.Unit];

    private RowFigures Figures => RowFigures.Of(Result);

    private string Expectation(double baseline, double limit)
    {
        var band = ToleranceBand.Around(baseline, limit);
        var bound = Unit.Better == Direction.Lower ? band.High : band.Low;
        return $"{Unit.BoundWord} {ValueText.Format(bound, Unit)} (baseline {FigureText.Base(Figures)}, limit {FigureText.Limit(Figures)})";
    }

    private static AllureStep ToStep(TimedStep step) => new()
    {
        Name = step.Name,
        Status = AllureStatus.Passed,
        Steps = [.. (step.Steps ?? []).Select(ToStep)],
        Start = step.Start.ToUnixTimeMilliseconds(),
        Stop = step.Stop.ToUnixTimeMilliseconds(),
    };
}
