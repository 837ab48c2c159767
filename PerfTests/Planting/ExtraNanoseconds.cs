using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Planting;

/// <summary>Slows a benchmark down by a number of nanoseconds per operation, on average over an invocation.</summary>
/// <param name="scenario">Object of the benchmark class.</param>
/// <param name="benchmark">Benchmark to slow down.</param>
/// <param name="nanoseconds">Slowdown per operation.</param>
public sealed class ExtraNanoseconds(object scenario, Func<long> benchmark, double nanoseconds)
{
    private const double NanosecondsPerSecond = 1e9;

    // Computed at first use, because some objects know their number of operations per invocation only after setup.
    private readonly Lazy<long> _ticks = new(() => (long)(nanoseconds
        * ScenarioInstance.OperationsPerInvoke(scenario, AttributeOf(benchmark).OperationsPerInvoke)
        * Stopwatch.Frequency / NanosecondsPerSecond));

    /// <summary>Runs the benchmark, and then spins for the duration of the slowdown.</summary>
    public long Run()
    {
        var result = benchmark();
        Spin.Until(Stopwatch.GetTimestamp() + _ticks.Value);
        return result;
    }

    private static BenchmarkAttribute AttributeOf(Func<long> benchmark) =>
        (BenchmarkAttribute)Attribute.GetCustomAttribute(benchmark.Method, typeof(BenchmarkAttribute))!;
}
