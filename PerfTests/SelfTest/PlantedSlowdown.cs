using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Metrics.Scenarios.Blocks;
using PerfTests.Planting;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>Slowdown of known size that the suite promises to detect.</summary>
/// <param name="Wrapper">Class that slows the benchmark down.</param>
/// <param name="Text">Size of the slowdown, for messages.</param>
internal sealed record PlantedSlowdown(BenchmarkWrapper Wrapper, string Text)
{
    /// <summary>Tolerance in percent from which on a row is as noisy as one with two threads.</summary>
    private const double LargeTolerance = 20;

    /// <summary>Points by which the smallest promised slowdown exceeds the tolerance.</summary>
    private const double PointsAboveTolerance = 2;

    /// <summary>Size of a planted wait, as a multiple of the row's tolerance.</summary>
    private const double TolerancesOfWait = 2.5;

    /// <summary>Returns the slowdown of a row that a paired comparison promises to detect.</summary>
    /// <param name="row">Row to slow down.</param>
    /// <param name="tolerance">Tolerance of the row in a paired comparison.</param>
    public static PlantedSlowdown Promised(MetricRow row, Tolerance tolerance) => row.Kind switch
    {
        _ when tolerance.Percent >= LargeTolerance => Percent(row, 40),
        MetricKind.SystemCall when row.Metric.Id == "first_touch_time" =>
            new(new BenchmarkWrapper(typeof(ExtraNanoseconds).FullName!, 3_000), "+3 µs"),
        MetricKind.SystemCall => Percent(row, 15),
        _ => Percent(row, tolerance.Percent + PointsAboveTolerance),
    };

    /// <summary>
    /// Returns a slowdown by waiting that a paired comparison promises to detect: 2.5 times the tolerance. Null for rows that time single
    /// operations, whose benchmark cannot be lengthened by waiting.
    /// </summary>
    public static PlantedSlowdown? Waiting(MetricRow row, Tolerance tolerance)
    {
        var percent = tolerance.Percent * TolerancesOfWait;
        return row.Scenario.Type == typeof(TailLatencyScenario) ? null : new(
            new BenchmarkWrapper(typeof(ExtraWait).FullName!, percent), FormattableString.Invariant($"+{percent:0.#} % by waiting"));
    }

    /// <summary>
    /// Returns the slowdown of a row that a comparison with stored values promises to detect. The slowdown equals the default tolerance.
    /// </summary>
    public static PlantedSlowdown ForStored(MetricRow row) => Percent(row, 10);

    /// <summary>Returns a slowdown by a percentage: of the time of an invocation, or of each duration that the benchmark times.</summary>
    public static PlantedSlowdown Percent(MetricRow row, double percent)
    {
        var wrapper = row.Scenario.Type == typeof(TailLatencyScenario) ? typeof(ExtraLatency) : typeof(ExtraTime);
        return new(new BenchmarkWrapper(wrapper.FullName!, percent), FormattableString.Invariant($"+{percent:0.#} %"));
    }
}
