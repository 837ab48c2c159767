using PerfTests.Metrics.Scenarios.Blocks;

namespace PerfTests.Planting;

/// <summary>Lengthens each duration that a benchmark of tail latency has timed by a percentage.</summary>
/// <param name="scenario">Object of the benchmark class.</param>
/// <param name="benchmark">Benchmark to slow down.</param>
/// <param name="percent">Slowdown in percent of each duration.</param>
public sealed class ExtraLatency(object scenario, Func<long> benchmark, double percent)
{
    private readonly TailLatencyScenario _scenario = (TailLatencyScenario)scenario;

    /// <summary>Runs the benchmark.</summary>
    public long Run()
    {
        _scenario.AddedPercent = percent;
        return benchmark();
    }
}
