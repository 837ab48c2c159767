using FluentAssertions;
using PerfTests.Files;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Measurement;

/// <summary>Tests that a pair names the version that fails, and that a candidate that leaves segments behind fails.</summary>
[Category("Measurement")]
public sealed class FaultyVersionTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 1) with
    {
        Scenario = new ScenarioReference(typeof(FaultyVersionScenario), nameof(FaultyVersionScenario.Run)),
        Parameters = [],
        Copies = 1,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly LaunchPool _pool = new();

    private RowMeasurer Measurer => new(_pool, new RowLog());

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void MeasurePaired_BaselineThrows_NamesTheBaseline() =>
        FluentActions.Invoking(() => Pair(FaultyVersionScenario.NewFailing(_folder), FaultyVersionScenario.NewFaultless(_folder)))
            .Should().Throw<UnusableLibrariesException>()
            .Where(unusable => unusable.IsOfBaseline && !unusable.LacksApi)
            .Which.Reason.Should().Be($"fails in this benchmark (InvalidOperationException: {FaultyVersionScenario.Message})");

    [Fact]
    public void MeasurePaired_BaselineThrowsOnlyBesideTheCandidate_ThrowsBenchmarkFailedException() =>
        FluentActions.Invoking(() => Pair(FaultyVersionScenario.NewFailingInPairs(_folder), FaultyVersionScenario.NewFaultless(_folder)))
            .Should().Throw<BenchmarkFailedException>().WithMessage("failing-in-pairs fails in this benchmark*beside the candidate*");

    [Fact]
    public void MeasurePaired_CandidateThrows_ThrowsBenchmarkFailedException() =>
        FluentActions.Invoking(() => Pair(FaultyVersionScenario.NewFaultless(_folder), FaultyVersionScenario.NewFailing(_folder)))
            .Should().Throw<BenchmarkFailedException>().WithMessage($"*{FaultyVersionScenario.Message}*");

    [Fact]
    public void MeasurePaired_CandidateLeavesSegments_ThrowsBenchmarkFailedException() =>
        FluentActions.Invoking(() => Pair(FaultyVersionScenario.NewFaultless(_folder), FaultyVersionScenario.NewLeaving(_folder)))
            .Should().Throw<BenchmarkFailedException>()
            .WithMessage("The benchmark left 1 segment behind, mapped or in /dev/shm: mooncake_*");

    [Fact]
    public void MeasurePaired_BaselineLeavesSegments_ReturnsTheSamples()
    {
        var samples = Pair(FaultyVersionScenario.NewLeaving(_folder), FaultyVersionScenario.NewFaultless(_folder));
        samples.Subjects.Should().HaveCount(3);
        samples.LeftSegments.Should().HaveCount(2, "the A/A control leaves a segment too");
    }

    [Fact]
    public void Mapped_ExistingAndDeletedFiles_ReturnsBothNames() =>
        OwnSegments.Mapped(
            [
                "7f00-7f10 rw-s 00000000 00:19 31  /dev/shm/mooncake_1_2_3_4",
                "7f10-7f20 rw-s 00000000 00:19 32  /dev/shm/a name (deleted)",
                "7f20-7f30 rw-s 00000000 00:01 33  /memfd:doublemapper (deleted)",
                "7f30-7f40 rw-p 00000000 00:00 0",
            ])
            .Should().Equal("mooncake_1_2_3_4", "a name");

    private SamplingResult Pair(LibraryVersion baseline, LibraryVersion candidate) =>
        Measurer.MeasurePaired(s_row, baseline, candidate, 0);
}
