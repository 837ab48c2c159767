using System.Diagnostics;

namespace PerfTests.Planting;

/// <summary>
/// A benchmark that takes a given percentage longer, whatever it takes: each invocation is followed by computing
/// for that share of its own duration. A slowdown of an exact, known size, on a quiet machine and on a busy one.
/// </summary>
/// <param name="scenario">Not used; what wraps a benchmark is given it.</param>
/// <param name="benchmark">The benchmark.</param>
/// <param name="percent">How much longer.</param>
public sealed class ExtraTime(object scenario, Func<long> benchmark, double percent)
{
    /// <summary>Reading the clock is part of the slowdown, so it is taken off what is computed.</summary>
    private const int ReadingsPerRun = 3;

    private static readonly double s_ticksPerReading = MeasureReading();

    /// <summary>What is wrapped.</summary>
    public object Scenario => scenario;

    /// <summary>Runs the benchmark and then on.</summary>
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
