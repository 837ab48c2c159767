using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Tests.Results;

/// <summary>Documents for tests, with every key that a run writes.</summary>
internal static class ResultsSample
{
    public static MachineClass Machine { get; } = new("AuthenticAMD", "25", "17", "1", "32K-1024K-32768K", 2, "linux", "x64", 10);

    /// <summary>Returns a run with the given rows on the machine class <see cref="Machine"/>.</summary>
    public static ResultsDocument Document(params MetricResult[] rows) => new()
    {
        SchemaVersion = ResultsDocument.CurrentSchemaVersion,
        Timestamp = new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero),
        Metrics = rows.ToDictionary(result => result.Name),
        Metadata = new ResultsMetadata
        {
            GitCommit = "abc1234def",
            GitDirty = true,
            MachineClass = Machine.Id,
            Machine = Machine,
            Runtime = ".NET 10.0.0",
            RunId = "a-run",
            Disturbances = ["a neighbour"],
        },
    };

    /// <summary>Returns the result of a row that counts instructions.</summary>
    public static MetricResult Instructions(double value, CompilationTarget? target = null) => new()
    {
        Name = "instructions_per_operation/arena/lookup",
        Value = value,
        Unit = "instructions",
        Direction = Direction.Lower,
        TolerancePercent = InstructionRule.TolerancePercent,
        Metric = "instructions_per_operation",
        Allocator = Allocators.Arena,
        CompilationTarget = target ?? new CompilationTarget(".NET 10.0.0", "Avx2 Sse42"),
    };

    /// <summary>Returns the result of a row, with as many launches as a baseline needs.</summary>
    public static MetricResult Row(MetricRow row, double nanoseconds = 10, Verdict verdict = Verdict.Passed, string? workload = null) =>
        new()
        {
            Name = row.Key,
            Value = row.ValueOf(nanoseconds),
            Unit = row.Metric.Unit.Name,
            Direction = row.Metric.Unit.Better,
            TolerancePercent = 10,
            Metric = row.Metric.Id,
            Title = row.Metric.Title,
            Group = row.Metric.Group,
            Allocator = row.Allocator,
            Parameters = row.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
            Workload = workload,
            Launches = [.. Enumerable.Repeat(
            new LaunchResult
            {
                MinimumNanoseconds = nanoseconds,
                MedianNanoseconds = nanoseconds * 1.5,
                CalibrationNanoseconds = 1.25,
                ParallelCalibrationNanoseconds = 0.75,
                SampleNanoseconds = [[nanoseconds, nanoseconds * 2], [nanoseconds * 1.5]],
            },
            Acceptance.MinLaunches)],
            SideBySide = new SideBySide(new SideBySideRow("slow", 700, "nanoseconds"), new SideBySideRow("fast", 7, "nanoseconds")),
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = $"{verdict}: {row.Label}",
                WorsePercent = 1.5,
                LimitPercent = 7,
                LimitAmount = 0.05,
                BaselineValue = 9,
                BaselineFile = "some.json",
                BaselineSampleNanoseconds = [[9, 9.5]],
                CandidateSampleNanoseconds = [[10, 10.5]],
                Methods = [new MethodChange("ShmHeap.Free", 2.5)],
                Paired = new PairedResult
                {
                    Baseline = "abc1234",
                    Processes = 4,
                    CandidateValue = row.ValueOf(nanoseconds),
                    MinimaPercent = 1,
                    PairsPercent = 2,
                    ControlMinimaPercent = 0,
                    ControlPairsPercent = 0,
                    MinimaNanoseconds = 0.1,
                },
            },
        };
}
