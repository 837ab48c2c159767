using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Metrics;
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
    public void Needs_EveryRow_FitInto512MebibytesOfSharedMemory()
    {
        Catalogue.TheoryRows().Should().OnlyContain(row => row.Needs.SharedMemoryBytes < 512 * Mebibyte);
        Catalogue.Rows.Should().OnlyContain(row => row.PairedNeeds.SharedMemoryBytes < 512 * Mebibyte);
    }

    [Fact]
    public void Needs_AtLeastSixtyRows_FitInto64MebibytesOfSharedMemory() =>
        Catalogue.TheoryRows().Count(row => row.Needs.SharedMemoryBytes < 63 * Mebibyte).Should().BeGreaterThanOrEqualTo(60);

    [Fact]
    public void Needs_EveryArenaRow_IncludeSharedMemory() =>
        Catalogue.TheoryRows().Where(row => row.Allocator == Allocators.Arena).Should().OnlyContain(row => row.Needs.SharedMemoryBytes > 0);

    [Fact]
    public void Needs_EverySegmentRow_IncludeMappings() =>
        Catalogue.Rows.Where(row => row.Allocator == Allocators.Shm).Should().OnlyContain(row => row.Needs.Mappings > 0);

    [Fact]
    public void PairedNeeds_BaselineCandidateAndControl_AreThreeTimesTheNeedsOfOne()
    {
        var row = Catalogue.Row("transfer_bandwidth", Allocators.Shm, 65_536);
        row.Needs.SharedMemoryBytes.Should().Be(64 * Mebibyte);
        row.PairedNeeds.SharedMemoryBytes.Should().Be(3 * 64 * Mebibyte);
    }
}
