using System.Diagnostics;

namespace PerfTests.Planting;

/// <summary>
/// Slows a benchmark down by a percentage. After each invocation, the thread spins for the given percentage of the invocation's
/// duration, so that the size of the slowdown is exact on a quiet machine and on a busy one.
/// </summary>
/// <param name="scenario">Object of the benchmark class; not used, but passed to every wrapper.</param>
/// <param name="benchmark">Benchmark to slow down.</param>
/// <param name="percent">Slowdown in percent of the benchmark's duration.</param>
public sealed class ExtraTime(object scenario, Func<long> benchmark, double percent)
{
    /// <summary>
    /// Number of clock readings in one run. The readings take time that is part of the slowdown, so the spinning is shortened
    /// by this time.
    /// </summary>
    private const int ReadingsPerRun = 3;

    private static readonly double s_ticksPerReading = MeasureReading();

    /// <summary>Object of the wrapped benchmark.</summary>
    public object Scenario => scenario;

    /// <summary>Runs the benchmark, and then spins for the duration of the slowdown.</summary>
    public long Run()
    {
        var start = Stopwatch.GetTimestamp();
        var result = benchmark();
        var stop = Stopwatch.GetTimestamp();
        Spin.Until(stop + (long)(((stop - start) * percent / 100) - (ReadingsPerRun * s_ticksPerReading)));
        return result;
    }

    private static double MeasureReading()
    {
        const int Readings = 10_000;
        var fewest = double.MaxValue;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Readings; i++)
            {
                Stopwatch.GetTimestamp();
            }

            fewest = Math.Min(fewest, (double)(Stopwatch.GetTimestamp() - start) / Readings);
        }

        return fewest;
    }
}
