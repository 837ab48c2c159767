using System.Globalization;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Counts something of the arena, and asks whether it keeps within its bound.</summary>
internal static class ArenaCountCheck
{
    /// <summary>Counts, judges and returns the value with its judgement.</summary>
    /// <param name="count">What is counted.</param>
    /// <param name="version">The libraries whose arena it is.</param>
    /// <param name="workload">The trace that is replayed, where one is.</param>
    /// <exception cref="MissingApiException">The libraries do not have what is called to count.</exception>
    public static MetricResult Run(ArenaCount count, LibraryVersion version, string workload)
    {
        var (value, detail) = StepLog.Step("Count", () => Count(count, version));
        var holds = count.IsWithinBound(value);
        return new MetricResult
        {
            Name = count.KeyFor(workload),
            Value = value,
            Unit = count.Unit.Name,
            Direction = count.Unit.Better,
            Metric = count.MetricId,
            Title = count.Title,
            Group = MetricGroup.Allocation,
            Allocator = count.Allocator,
            Workload = count.ReadsTrace ? workload : null,
            Judgement = new JudgementResult
            {
                Verdict = holds ? Verdict.Passed : Verdict.Regressed,
                Message = Message(count, value, detail, holds),
                BaselineValue = count.Bound,
            },
        };
    }

    internal static string Message(ArenaCount count, double value, string detail, bool holds)
    {
        var bound = count.Bound == 0 ? "must be none"
            : $"must be {count.Unit.BoundWord} {ValueText.Format(count.Bound, count.Unit)}";
        return $"{VerdictName.Of(holds ? Verdict.Passed : Verdict.Regressed)}: {count.Label} {Exact(value)} {count.Unit.Symbol}, {bound}; exact, {detail}";
    }

    private static (double Value, string Detail) Count(ArenaCount count, LibraryVersion version)
    {
        try
        {
            return In(version, count.Counting)();
        }
        catch (Exception e) when (version.FolderInPlans is not null && MissingApiException.IsCause(e))
        {
            throw new MissingApiException(MeasurementPlan.CandidateSide, e);
        }
        catch (Exception e) when (CannotMeasureHereException.FindIn(e) is { } lack && lack != e)
        {
            throw lack;
        }
    }

    /// <summary>A figure beside its bound is not rounded to it.</summary>
    private static string Exact(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);

    /// <summary>The method of the copy of the tests that these libraries are loaded with.</summary>
    private static Func<(double Value, string Detail)> In(LibraryVersion version, Func<(double Value, string Detail)> counting) =>
        version.FolderInPlans is not { } folder
            ? counting
            : LayoutCopy.Get(folder, 0)
                .GetScenarioType(counting.Method.DeclaringType!.FullName!)
                .GetMethod(counting.Method.Name)!
                .CreateDelegate<Func<(double Value, string Detail)>>();
}
