using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Planting;

/// <summary>A benchmark whose every operation takes so many nanoseconds longer, on average over an invocation.</summary>
/// <param name="scenario">The object whose benchmark it is.</param>
/// <param name="benchmark">The benchmark.</param>
/// <param name="nanoseconds">How much longer, per operation.</param>
public sealed class ExtraNanoseconds(object scenario, Func<long> benchmark, double nanoseconds)
{
    private const double NanosecondsPerSecond = 1e9;

    // How many operations an invocation has, some objects know only when they are set up.
    private readonly Lazy<long> _ticks = new(() => (long)(nanoseconds
        * ScenarioInstance.OperationsPerInvoke(scenario, AttributeOf(benchmark).OperationsPerInvoke)
        * Stopwatch.Frequency / NanosecondsPerSecond));

    /// <summary>Runs the benchmark and then on.</summary>
    public long Run()
    {
        var result = benchmark();
        Spin.Until(Stopwatch.GetTimestamp() + _ticks.Value);
        return result;
    }

    private static BenchmarkAttribute AttributeOf(Func<long> benchmark) =>
        (BenchmarkAttribute)Attribute.GetCustomAttribute(benchmark.Method, typeof(BenchmarkAttribute))!;
}
