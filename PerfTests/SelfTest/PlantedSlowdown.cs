using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Planting;

namespace PerfTests.SelfTest;

/// <summary>Slowdown of known size that the suite promises to detect.</summary>
/// <param name="Wrapper">Class that slows the benchmark down.</param>
/// <param name="Text">Size of the slowdown, for messages.</param>
internal sealed record PlantedSlowdown(BenchmarkWrapper Wrapper, string Text)
{
    /// <summary>Returns the slowdown of a row that a paired comparison promises to detect.</summary>
    public static PlantedSlowdown Promised(MetricRow row) => row.Kind switch
    {
        MetricKind.Copying => Percent(6),
        MetricKind.Concurrent => Percent(40),
        MetricKind.SystemCall when row.Metric.Id.StartsWith("segment_", StringComparison.Ordinal) => Percent(15),
        MetricKind.SystemCall => new(new BenchmarkWrapper(typeof(ExtraNanoseconds).FullName!, 3_000), "+3 us"),
        _ => Percent(5),
    };

    /// <summary>
    /// Gets the slowdown that a comparison with stored values promises to detect. The slowdown equals the default tolerance.
    /// </summary>
    public static PlantedSlowdown ForStored { get; } = Percent(10);

    /// <summary>Returns a slowdown by a percentage.</summary>
    public static PlantedSlowdown Percent(double percent) =>
        new(new BenchmarkWrapper(typeof(ExtraTime).FullName!, percent), FormattableString.Invariant($"+{percent:0.#} %"));
}
