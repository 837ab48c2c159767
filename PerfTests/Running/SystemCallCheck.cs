using System.Globalization;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Counts the system calls of an operation; none may be more than it is made of.</summary>
internal static class SystemCallCheck
{
    /// <summary>Counts, judges and returns the count with its judgement.</summary>
    /// <exception cref="CannotMeasureHereException">Nothing can be counted here.</exception>
    public static MetricResult Run(SystemCallCount count, LibraryVersion version)
    {
        var benchmark = SubjectSpecification.Of(count.Row, count.Label, version.FolderInPlans);
        var tally = StepLog.Step("Count", () => SystemCallCounter.Count(benchmark));
        var verdict = tally.PerOperation.CompareTo(count.Needed.Count) switch
        {
            > 0 => Verdict.Regressed,
            0 => Verdict.Passed,
            _ => Verdict.Improved,
        };
        return new MetricResult
        {
            Name = count.Key,
            Value = tally.PerOperation,
            Unit = MetricUnit.SystemCalls.Name,
            Direction = Direction.Lower,
            Metric = count.MetricId,
            Title = $"System calls per operation: {count.Operation}",
            Group = count.Row.Metric.Group,
            Allocator = count.Allocator,
            Judgement = new JudgementResult
            {
                Verdict = verdict,
                Message = Message(count, tally, verdict),
                BaselineValue = count.Needed.Count,
            },
        };
    }

    internal static string Message(SystemCallCount count, SystemCallTally tally, Verdict verdict)
    {
        var found = tally.Calls.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{tally.PerOperation:0.###} ({tally.Text})");
        var needed = count.Needed.Count == 0 ? "none" : $"{count.Needed.Count} ({string.Join(", ", count.Needed)})";
        return $"{VerdictName.Of(verdict)}: {count.Label} {found}, at most {needed}; exact, of {tally.Operations} operations";
    }
}
