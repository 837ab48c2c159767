using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Tests.Reporting;

/// <summary>Run that has every kind of verdict and every kind of baseline, with the values that all reports must show.</summary>
internal static class FigureRun
{
    private static readonly (MetricResult Row, Shown Shown)[] s_rows =
    [
        // The machine is 66 % slower than at the baseline.
        (Stored("segment_map_time", Verdict.Passed, value: 6_260, worse: -7.3, baseline: 4_060, limit: 10),
            new("6.75 µs", "6.26 µs", "-7.3 %", "10 %")),
        (Stored("segment_open_time", Verdict.Regressed, value: 1_080, worse: 8, baseline: 1_000, limit: 7),
            new("1.00 µs", "1.08 µs", "+8.0 %", "7 %")),
        (Stored("segment_unlink_time", Verdict.Improved, value: 800, worse: -20, baseline: 1_000, limit: 7),
            new("1.00 µs", "0.800 µs", "-20.0 %", "7 %")),

        // The first launch gave 13.5 ns against 9 ns; the pair decided.
        (Confirmed(Paired(Time("block_address_time"), Verdict.Regressed, value: 13.5, candidate: 11.2, minima: 11, pairs: 13, limit: 7)),
            new("10.0 ns", "11.2 ns", "+12.0 %", "7 %")),
        (Paired(Rate("allocation_throughput"), Verdict.Improved, value: 125, candidate: 125, minima: -20, pairs: -20, limit: 2.91),
            new("100 alloc/s", "125 alloc/s", "+25.0 %", "2.91 %")),
        (Paired(Time("block_size_time"), Verdict.Passed, value: 10.4, candidate: 10.4, minima: 7, pairs: 1, limit: 3),
            new("10.0 ns", "10.4 ns", "+4.0 %", "3 %")),
        (Paired(Time("block_find_time"), Verdict.Inconclusive, value: 12, candidate: 12, minima: 20, pairs: 20, limit: 3),
            new("10.0 ns", "12.0 ns", "+20.0 %", "3 %")),
        (Time("heap_cycle_time") with
            {
                Value = 777,
                Judgement = new JudgementResult { Verdict = Verdict.NotComparable, Message = "Not comparable: no baseline" },
            },
            new("-", "777 ns", "-", "-")),
        (Counted("system_calls_per_operation/arena/lookup", "system_calls", Verdict.Passed, value: 2, bound: 3),
            new("-", "2 system calls", "-", "3 system calls")),
        (Counted("arena_utilisation/arena/mixed_sizes", "used_ratio", Verdict.Regressed, value: 0.8312, bound: 0.85),
            new("-", "83.1 % of the capacity", "-", "85 % of the capacity")),
        (Counted("speed_up/allocation", "x", Verdict.Regressed, value: 150, bound: 200), new("-", "150 x", "-", "200 x")),
        (new MetricResult
            {
                Name = "instructions_per_operation/arena/find",
                Value = 19.2,
                Unit = "instructions",
                Metric = "instructions_per_operation",
                Title = "Instructions per operation: find",
                Allocator = Allocators.Arena,
                CompilationTarget = new CompilationTarget(".NET 10.0.0", "Avx2"),
                Judgement = new JudgementResult
                {
                    Verdict = Verdict.Regressed,
                    Message = "Regressed: instructions",
                    WorsePercent = 100 * ((19.2 / 17.2) - 1),
                    LimitPercent = 2,
                    LimitAmount = 1,
                    BaselineValue = 17.2,
                    BaselineCommit = "4202181",
                    Methods = [new MethodChange("ShmArena.Find", 2)],
                },
            },
            new("17.2 instructions", "19.2 instructions", "+11.6 %", "2 %")),
    ];

    /// <summary>Gets the run.</summary>
    public static ResultsDocument Results { get; } = SampleResults.Of([.. s_rows.Select(row => row.Row)]);

    /// <summary>Gets the values that every report must show, by the key of the row.</summary>
    public static IReadOnlyDictionary<string, Shown> Expected { get; } = s_rows.ToDictionary(row => row.Row.Name, row => row.Shown);

    private static MetricResult Time(string metric) => Of(Catalogue.Metric(metric).Rows[0]);

    private static MetricResult Rate(string metric) => Of(Catalogue.Row(metric, Allocators.Arena));

    private static MetricResult Of(MetricRow row) => new()
    {
        Name = row.Key,
        Value = 1,
        Unit = row.Metric.Unit.Name,
        Direction = row.Metric.Unit.Better,
        TolerancePercent = 10,
        Metric = row.Metric.Id,
        Title = row.Metric.Title,
        Group = row.Metric.Group,
        Allocator = row.Allocator,
        Parameters = row.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
    };

    private static MetricResult Stored(string metric, Verdict verdict, double value, double worse, double baseline, double limit) =>
        Time(metric) with
        {
            Value = value,
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = $"{verdict}: stored",
                WorsePercent = worse,
                LimitPercent = limit,
                LimitAmount = 0.05,
                BaselineValue = baseline,
                BaselineFile = "b.json",
            },
        };

    private static MetricResult Paired(
        MetricResult row, Verdict verdict, double value, double candidate, double minima, double pairs, double limit)
    {
        var mean = (minima + pairs) / 2;
        return row with
        {
            Value = value,
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = $"{verdict}: paired",
                WorsePercent = row.Direction == Direction.Lower ? mean : 100 * (1 - (1 / (1 + (mean / 100)))),
                LimitPercent = limit,
                BaselineValue = 10,
                BaselineCommit = "4202181",
                Paired = new PairedResult
                {
                    Baseline = "4202181",
                    Processes = 4,
                    CandidateValue = candidate,
                    MinimaPercent = minima,
                    PairsPercent = pairs,
                    ControlMinimaPercent = 0,
                    ControlPairsPercent = 0,
                    MinimaNanoseconds = 1,
                },
            },
        };
    }

    private static MetricResult Confirmed(MetricResult paired) =>
        paired with { Judgement = paired.Judgement! with { BaselineValue = 9, BaselineFile = "b.json" } };

    private static MetricResult Counted(string key, string unit, Verdict verdict, double value, double bound) => new()
    {
        Name = key,
        Value = value,
        Unit = unit,
        Metric = key.Split('/')[0],
        Title = $"Title of {key}",
        Judgement = new JudgementResult { Verdict = verdict, Message = $"{verdict}: bound", BaselineValue = bound },
    };
}
