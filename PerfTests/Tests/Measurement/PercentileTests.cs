using FluentAssertions;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using Xunit;

namespace PerfTests.Tests.Measurement;

/// <summary>Tests benchmarks that time single operations and state percentiles.</summary>
[Category("Measurement")]
public sealed class PercentileTests
{
    private static readonly LatencyPercentiles s_stated = new(10, 20, 30, 40);

    [Fact]
    public void Measure_BenchmarkWithPercentiles_ValueIsThe99thPercentile()
    {
        foreach (var wrapper in new[] { null, new BenchmarkWrapper(typeof(CountingWrapper).FullName!, 1) })
        {
            var plan = Plans.Of<PercentileScenario>(nameof(PercentileScenario.Run), copies: 2, wrapper: wrapper);
            var launch = Launch.Of(BenchmarkHost.Run(plan, new RowLog()).Samples, MeasurementPlan.CandidateSide);
            launch.Minima.RowNanoseconds.Should().Be(20);
            launch.Percentiles.Should().Be(s_stated);
        }
    }

    [Fact]
    public void Measure_BenchmarkWithPercentilesInFreshProcess_ReturnsThePercentiles()
    {
        using var process = new LaunchProcess();
        var samples = process.Measure(Plans.Of<PercentileScenario>(nameof(PercentileScenario.Run)), new RowLog());
        Launch.Of(samples, MeasurementPlan.CandidateSide).Percentiles.Should().Be(s_stated);
    }

    [Fact]
    public void Measure_BenchmarkWithoutPercentiles_HasNoPercentiles()
    {
        var plan = Plans.Of<PrintingScenario>(nameof(PrintingScenario.Print));
        Launch.Of(BenchmarkHost.Run(plan, new RowLog()).Samples, MeasurementPlan.CandidateSide).Percentiles.Should().BeNull();
    }
}
