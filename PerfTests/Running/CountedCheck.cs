using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics.Counted;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Counts the value of a row and judges it by the row's bound.</summary>
internal sealed class CountedCheck(RowMeasurer measurer)
{
    /// <summary>Returns the judged result of a row.</summary>
    /// <param name="row">Row to count.</param>
    /// <param name="version">Libraries under test.</param>
    /// <param name="workload">Name of the trace, for a row that replays one.</param>
    /// <exception cref="UnusableLibrariesException">The libraries lack an API that counting calls.</exception>
    /// <exception cref="CannotMeasureHereException">The machine lacks a resource or tool that counting needs.</exception>
    public MetricResult Run(CountedRow row, LibraryVersion version, string workload)
    {
        var (value, detail) = measurer.Log.Step("Count", () => new RowCounter(measurer).Count(row, version));
        if (!CountRule.IsPossible(value))
        {
            throw new CannotMeasureHereException(FormattableString.Invariant($"counting gave {value}, which cannot be a count ({detail})"));
        }

        var bound = row.Bound ?? throw new InvalidOperationException($"{row.Label} has no bound.");
        var verdict = BoundRule.Judge(row.Metric.Unit.Better, value, bound, row.IsExact);
        return Compose(row, value, row.ReadsTrace ? workload : null, new JudgementResult
        {
            Verdict = verdict,
            Message = $"{VerdictName.Of(verdict)}: {row.Label} {row.Format(value)}, {row.BoundText}; exact, {detail}",
            BaselineValue = bound,
        });
    }

    /// <summary>Returns the result of a row.</summary>
    internal static MetricResult Compose(CountedRow row, double value, string? workload, JudgementResult judgement) => new()
    {
        Name = row.KeyFor(workload),
        Value = value,
        Unit = row.Metric.Unit.Name,
        Direction = row.Metric.Unit.Better,
        Metric = row.MetricId,
        Title = row.Title,
        Group = row.Group,
        Allocator = row.Allocator,
        Workload = workload,
        Judgement = judgement,
    };
}
