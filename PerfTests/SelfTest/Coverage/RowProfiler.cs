using System.Diagnostics;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;

namespace PerfTests.SelfTest.Coverage;

/// <summary>
/// Finds out which operations a row calls: runs its benchmark once with instrumented libraries, and several times with unchanged
/// ones. Calls by another process are not counted.
/// </summary>
internal sealed class RowProfiler(string unchangedFolder, string instrumentedFolder, IReadOnlyList<Operation> operations)
{
    private const double NanosecondsPerSecond = 1e9;

    private static readonly double s_probeNanoseconds = MeasureProbe();

    /// <summary>Profiles a row.</summary>
    /// <exception cref="CannotMeasureHereException">This machine lacks what the row needs.</exception>
    /// <exception cref="BenchmarkFailedException">The benchmark failed.</exception>
    public RowProfile Profile(MetricRow row)
    {
        try
        {
            using var unchanged = new ProfiledBenchmark(row, unchangedFolder);
            return new RowProfile(row, unchanged.Time(), CountUses(row));
        }
        catch (Exception e)
        {
            throw CannotMeasureHereException.FindIn(e)
                ?? (Exception)new BenchmarkFailedException($"The benchmark failed: {e.GetBaseException().Message}", e);
        }
    }

    private Dictionary<Operation, OperationUse> CountUses(MetricRow row)
    {
        using var instrumented = new ProfiledBenchmark(row, instrumentedFolder);
        var take = instrumented.Copy.GetScenarioType(typeof(OperationProbe).FullName!).GetMethod(nameof(OperationProbe.Take))!
            .CreateDelegate<Func<(long[] Calls, long[] Ticks)>>();
        Dictionary<Operation, OperationUse> uses = [];
        instrumented.Invoke(invoke =>
        {
            take();
            invoke();
            var (calls, ticks) = take();
            for (var index = 0; index < operations.Count; index++)
            {
                if (calls[index] > 0)
                {
                    var nanoseconds = NanosecondsOf(ticks[index]) / calls[index];
                    uses.Add(
                        operations[index],
                        new OperationUse(calls[index] / instrumented.OperationsPerInvoke, nanoseconds - s_probeNanoseconds));
                }
            }
        });
        return uses;
    }

    private static double NanosecondsOf(long ticks) => ticks * NanosecondsPerSecond / Stopwatch.Frequency;

    /// <summary>Measures the time that the probe adds to a call.</summary>
    private static double MeasureProbe()
    {
        const int Calls = 100_000;
        OperationProbe.Take();
        for (var i = 0; i < Calls; i++)
        {
            OperationProbe.Leave(0, Stopwatch.GetTimestamp());
        }

        var (calls, ticks) = OperationProbe.Take();
        return NanosecondsOf(ticks[0]) / calls[0];
    }
}
