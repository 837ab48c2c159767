using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Metrics.Scenarios.Lifecycle;
using Xunit;

namespace PerfTests.Tests.Metrics;

/// <summary>Tests the resources that rows need, such as shared memory.</summary>
[Category("Metrics")]
public sealed class RowNeedsTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Times_SeveralCopies_MultipliesAllNeedsExceptProcessors() =>
        new RowNeeds { SharedMemoryBytes = 2, OpenFiles = 3, Mappings = 5, MemoryBytes = 7, Cores = 2 }.Times(3)
            .Should().Be(new RowNeeds { SharedMemoryBytes = 6, OpenFiles = 9, Mappings = 15, MemoryBytes = 21, Cores = 2 });

    [Fact]
    public void Plus_OtherNeeds_AddsAllNeedsExceptProcessors() =>
        new RowNeeds { SharedMemoryBytes = 2, Cores = 2 }.Plus(new RowNeeds { SharedMemoryBytes = 3, OpenFiles = 1 })
            .Should().Be(new RowNeeds { SharedMemoryBytes = 5, OpenFiles = 1, Cores = 2 });

    [Fact]
    public void Needs_EveryRowButPrefaultOf1Gibibyte_FitInto512MebibytesOfSharedMemory()
    {
        var large = Catalogue.Row("segment_prefault_bandwidth", Allocators.Shm, 1_024, 1);
        var largeSpeedUp = SpeedUps.All.Single(row => row.Name == "prefault_1gib_against_map_populate");
        string[] keys = [large.Key, largeSpeedUp.Key];
        largeSpeedUp.Needs.SharedMemoryBytes.Should().Be(1_024 * Mebibyte, "one sample is taken after the other");
        Catalogue.TheoryRows().Where(row => !keys.Contains(row.Key))
            .Should().OnlyContain(row => row.Needs.SharedMemoryBytes < 512 * Mebibyte);
        Catalogue.Rows.Where(row => row.Key != large.Key).Should().OnlyContain(row => row.PairedNeeds.SharedMemoryBytes < 512 * Mebibyte);
        large.PairedNeeds.SharedMemoryBytes.Should().Be(1_024 * Mebibyte, "all sides share one segment");
    }

    [Fact]
    public void Needs_AtLeastSixtyRows_FitInto64MebibytesOfSharedMemory() =>
        Catalogue.TheoryRows().Count(row => row.Needs.SharedMemoryBytes < 63 * Mebibyte).Should().BeGreaterThanOrEqualTo(60);

    [Fact]
    public void Needs_EveryArenaRow_IncludeSharedMemory() =>
        Catalogue.TheoryRows().Where(row => row.Allocator == Allocators.Arena).Should().OnlyContain(row => row.Needs.SharedMemoryBytes > 0);

    [Fact]
    public void Needs_EverySegmentRow_IncludeMappingsOrFiles() =>
        Catalogue.Rows.Where(row => row.Allocator == Allocators.Shm && row.Scenario.Type != typeof(SegmentTextScenario))
            .Should().OnlyContain(row => row.Needs.Mappings > 0 || row.Needs.OpenFiles > 0);

    [Fact]
    public void PairedNeeds_BaselineCandidateAndControl_AreThreeTimesTheNeedsOfOne()
    {
        var row = Catalogue.Row("transfer_bandwidth", Allocators.Shm, 65_536);
        row.Needs.SharedMemoryBytes.Should().Be(64 * Mebibyte);
        row.PairedNeeds.SharedMemoryBytes.Should().Be(3 * 64 * Mebibyte);
    }
}
