using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Tests.Reporting;

/// <summary>Results that resemble those of a run.</summary>
internal static class SampleResults
{
    public static readonly DateTimeOffset Time = new(2026, 1, 28, 12, 34, 56, TimeSpan.Zero);

    public static ResultsDocument Of(params MetricResult[] rows) => new()
    {
        SchemaVersion = ResultsDocument.CurrentSchemaVersion,
        Timestamp = Time,
        Metrics = new OrderedDictionary<string, MetricResult>(rows.Select(result => KeyValuePair.Create(result.Name, result))),
        Metadata = new ResultsMetadata { GitCommit = "abc1234", MachineClass = "some-machine", Runtime = ".NET 10.0.0" },
    };

    /// <summary>Returns the result of a row with a given time. The baseline is 10 ns by default.</summary>
    public static MetricResult Row(Verdict verdict, double nanoseconds, double? baseline = 10, MetricRow? row = null)
    {
        row ??= Catalogue.Row("allocation_total_time", Allocators.Arena);
        var value = row.ValueOf(nanoseconds);
        return new MetricResult
        {
            Name = row.Key,
            Value = value,
            Unit = row.Metric.Unit.Name,
            Direction = row.Metric.Unit.Better,
            TolerancePercent = 10,
            Metric = row.Metric.Id,
            Title = row.Metric.Title,
            Group = row.Metric.Group,
            Allocator = row.Allocator,
            Parameters = row.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
            Launches = [Launch(nanoseconds), Launch(nanoseconds * 1.01)],
            Steps =
            [
                new TimedStep { Name = "Launch 1, in the test process", Start = Time, Stop = Time.AddSeconds(1) },
                new TimedStep { Name = StepNames.Judge, Start = Time.AddSeconds(1), Stop = Time.AddSeconds(2) },
            ],
            BenchmarkSummary = "| Method | Mean |",
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = verdict switch
                {
                    Verdict.Regressed => "Regressed: it became slower",
                    Verdict.NotComparable => "Not comparable: there is no baseline",
                    _ => $"{verdict}: as it was",
                },
                WorsePercent = baseline is { } old ? 100 * ((nanoseconds / old) - 1) : null,
                BaselineValue = baseline is { } time ? row.ValueOf(time) : null,
                BaselineFile = "baselines/some-machine.json",
                BaselineSampleNanoseconds = baseline is { } minimum ? [Samples(minimum)] : null,
            },
        };
    }

    /// <summary>Returns the result of a row that is not in the catalogue.</summary>
    public static MetricResult Unknown(string name, string? title = null, string? message = null, string? allocator = null) => new()
    {
        Name = name,
        Value = 12.5,
        Unit = MetricUnit.Nanoseconds.Name,
        Title = title,
        Allocator = allocator,
        Parameters = allocator is null ? null : new Dictionary<string, int> { [name] = 3 },
        Launches = [Launch(12.5)],
        Judgement = message is null ? null : new JudgementResult
        {
            Verdict = Verdict.Regressed,
            Message = message,
            WorsePercent = 25,
            BaselineValue = 10,
            BaselineFile = name,
        },
    };

    private static LaunchResult Launch(double nanoseconds) => new()
    {
        MinimumNanoseconds = nanoseconds,
        MedianNanoseconds = nanoseconds * 1.02,
        CalibrationNanoseconds = 1,
        SampleNanoseconds = [Samples(nanoseconds), Samples(nanoseconds * 1.05)],
    };

    /// <summary>Returns typical samples: most are near the minimum, one is far away.</summary>
    private static double[] Samples(double minimum) =>
        [minimum, minimum * 1.01, minimum * 1.02, minimum * 1.015, minimum * 1.03, minimum * 9];
}
