using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Allure;

/// <summary>What a figure adds to the result of the test that measured it.</summary>
/// <param name="Figure">The figure.</param>
public sealed record AllureRow(MetricResult Figure)
{
    /// <summary>What the row measures, and how to measure it again; in Markdown.</summary>
    public string Description => string.Join("\n\n", new[] { Figure.Title, ReproductionCommand.Of(Figure) }.OfType<string>().Select(SafeText.Code));

    /// <summary>What was found, for Allure's comparison of two texts.</summary>
    public string Actual => Format(Figure.Value);

    /// <summary>What should have been found.</summary>
    public string? Expected => Figure.Judgement switch
    {
        { BaselineValue: { } bound } when Unit.HasBounds => $"{Unit.BoundWord} {Format(bound)}",
        { BaselineValue: { } baseline } when Figure.TolerancePercent is { } tolerance => Unit.Better == Direction.Lower
            ? FormattableString.Invariant($"at most {Format(baseline * (1 + (tolerance / 100)))} (baseline {Format(baseline)}, tolerance {tolerance:0.##} %)")
            : FormattableString.Invariant($"at least {Format(baseline * (1 - (tolerance / 100)))} (baseline {Format(baseline)}, tolerance {tolerance:0.##} %)"),
        { BaselineValue: { } exact } => Format(exact),
        _ => null,
    };

    /// <summary>
    /// What was measured. It is excluded from the test's identity: a report would otherwise take each run for
    /// another test, and have no history.
    /// </summary>
    public IReadOnlyList<AllureParameter> Measured =>
    [
        Excluded("measured", Format(Figure.Value)),
        .. Figure.Judgement?.BaselineValue is { } baseline
            ? [Excluded(Unit.HasBounds ? Unit.BoundWord : "baseline", Format(baseline))]
            : Array.Empty<AllureParameter>(),
        .. Figure.Judgement?.WorsePercent is null ? Array.Empty<AllureParameter>() : [Excluded("change", Change.Of(Figure))],
        .. Figure.Judgement is { } judgement ? [Excluded("verdict", VerdictName.Of(judgement.Verdict))] : Array.Empty<AllureParameter>(),
    ];

    /// <summary>The files beside the result: name, ending, media type, text.</summary>
    public IEnumerable<(string Name, string Extension, string Type, string Text)> Attachments
    {
        get
        {
            if (DistributionChart.Render(Figure) is { } chart)
            {
                yield return ("Distribution of the samples", ".svg", "image/svg+xml", chart);
            }

            yield return ("Measurement", ".json", "application/json", ReportJson.Write(Figure with { Steps = null, BenchmarkSummary = null }));
            if (Figure.BenchmarkSummary is { Length: > 0 } summary)
            {
                yield return ("BenchmarkDotNet summary", ".txt", "text/plain", summary);
            }
        }
    }

    /// <summary>The parts of the work; of a test that did not pass, the last judging is what says so.</summary>
    public IReadOnlyList<AllureStep> Steps(AllureStatus status)
    {
        var steps = (Figure.Steps ?? []).Select(ToStep).ToList();
        var judging = steps.FindLastIndex(step => step.Name == StepNames.Judge);
        if (judging >= 0 && status is AllureStatus.Failed or AllureStatus.Skipped)
        {
            steps[judging] = steps[judging] with { Status = status };
        }

        return steps;
    }

    /// <summary>How a test that measured this figure ended, as far as the figure alone tells.</summary>
    public TestOutcome OutcomeAt(DateTimeOffset timestamp) => new()
    {
        Status = Figure.Judgement?.Verdict switch
        {
            Verdict.Regressed => AllureStatus.Failed,
            Verdict.NotComparable or Verdict.Inconclusive or null => AllureStatus.Skipped,
            _ => AllureStatus.Passed,
        },
        Start = Figure.Steps is [var first, ..] ? first.Start : timestamp,
        Stop = Figure.Steps is [.., var last] ? last.Stop : timestamp,
        Categories = [CategoryName.Perf],
    };

    private MetricUnit Unit => MetricUnit.ByName[Figure.Unit];

    private string Format(double value) => ValueText.Format(value, Unit);

    private static AllureParameter Excluded(string name, string value) => new(name, value) { Excluded = true };

    private static AllureStep ToStep(TimedStep step) => new()
    {
        Name = step.Name,
        Status = AllureStatus.Passed,
        Steps = [.. (step.Steps ?? []).Select(ToStep)],
        Start = step.Start.ToUnixTimeMilliseconds(),
        Stop = step.Stop.ToUnixTimeMilliseconds(),
    };
}
