using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Planting;

namespace PerfTests.SelfTest;

/// <summary>The slowdowns that the suite promises to see.</summary>
/// <param name="Wrapper">How it is made.</param>
/// <param name="Text">What it is, for people.</param>
internal sealed record PlantedSlowdown(BenchmarkWrapper Wrapper, string Text)
{
    /// <summary>What is promised of a row where versions are paired.</summary>
    public static PlantedSlowdown Promised(MetricRow row) => row.Kind switch
    {
        MetricKind.Copying => Percent(6),
        MetricKind.Concurrent => Percent(40),
        MetricKind.SystemCall when row.Metric.Id.StartsWith("segment_", StringComparison.Ordinal) => Percent(15),
        MetricKind.SystemCall => new(new BenchmarkWrapper(typeof(ExtraNanoseconds).FullName!, 3_000), "+3 us"),
        _ => Percent(5),
    };

    /// <summary>What is promised against a stored figure: the default tolerance.</summary>
    public static PlantedSlowdown ForStored { get; } = Percent(10);

    /// <summary>A slowdown by a percentage.</summary>
    public static PlantedSlowdown Percent(double percent) =>
        new(new BenchmarkWrapper(typeof(ExtraTime).FullName!, percent), FormattableString.Invariant($"+{percent:0.#} %"));
}
