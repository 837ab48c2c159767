using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Counts what an operation allocates on the managed heap; it must be nothing.</summary>
internal static class ExactCounterCheck
{
    /// <summary>Measures, judges and returns the count with its judgement.</summary>
    public static MetricResult Run(ExactCounter counter, LibraryVersion version)
    {
        var bytes = StepLog.Step("Count", () => RowMeasurer.MeasureHere(counter.Row, version)).ManagedBytesPerOperation;
        var isNone = bytes == 0;
        return new MetricResult
        {
            Name = counter.Key,
            Value = bytes,
            Unit = MetricUnit.Bytes.Name,
            Direction = Direction.Lower,
            Metric = counter.MetricId,
            Title = $"Managed bytes per operation: {counter.Operation}",
            Group = counter.Row.Metric.Group,
            Allocator = counter.Allocator,
            Judgement = new JudgementResult
            {
                Verdict = isNone ? Verdict.Passed : Verdict.Regressed,
                Message = $"{VerdictName.Of(isNone ? Verdict.Passed : Verdict.Regressed)}: {counter.Label} {ValueText.Format(bytes, MetricUnit.Bytes)}, must be none",
                BaselineValue = 0,
            },
        };
    }
}
