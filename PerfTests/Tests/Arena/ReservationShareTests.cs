using System.Globalization;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Tests.Core;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests how much metadata an arena backs when it is created.</summary>
[Category("Arena")]
public sealed class ReservationShareTests(ITestOutputHelper output)
{
    private const long Mebibyte = 1 << 20;

    private static readonly int s_default = new ShmArenaOptions { CapacityBytes = Mebibyte }.ReservedBlockBytes;

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 5.2)]
    [InlineData(4, 4)]
    [InlineData(8, 3.4)]
    [InlineData(16, 2)]
    [InlineData(20, 2)]
    [InlineData(64, 2)]
    public void CreateReserved_DefaultBlockBytes_MetadataTakesAtMostDocumentedShare(long mebibytes, double percent)
    {
        Requires.SharedMemory(mebibytes * Mebibyte * 11 / 10);
        using var arena = ShmArena.Create(mebibytes * Mebibyte);
        using var raw = ShmSegment.Open(arena.Name, 1);
        var claimed = Smaps.ClaimedByteCount(raw);
        Percent(claimed - arena.CapacityBytes, arena.CapacityBytes).Should().BeLessThanOrEqualTo(percent);
        claimed.Should().BeLessThan(ScenarioNeeds.ReservedArena(arena.CapacityBytes).SharedMemoryBytes, "rows state these needs");
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1 << 20)]
    public void CreateReserved_LargeCapacity_MetadataTakesAtMost2Percent(long mebibytes) =>
        ShareOf(mebibytes * Mebibyte, s_default).Should().BeLessThan(1.99);

    [Theory]
    [InlineData(16, 69)]
    [InlineData(64, 23)]
    [InlineData(256, 6.0)]
    [InlineData(1024, 1.7)]
    [InlineData(4096, 0.64)]
    public void CreateReserved_OtherBlockBytes_MetadataTakesDocumentedShare(int blockBytes, double percent) =>
        ShareOf(64 * Mebibyte, blockBytes).Should().BeApproximately(percent, 0.02 * percent);

    [Fact]
    public void CreateUnreserved_1MiB_MetadataTakesAtMost36Kibibytes()
    {
        using var arena = SparseArena.Create(Mebibyte);
        using var raw = ShmSegment.Open(arena.Name, 1);
        Smaps.ClaimedByteCount(raw).Should().BeLessThanOrEqualTo(36 << 10);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(4_097)]
    public void Create_ReservedBlockBytesOutOfRange_ThrowsArgumentOutOfRange(int blockBytes) =>
        FluentActions.Invoking(() => ShmArena.Create(new ShmArenaOptions { CapacityBytes = Mebibyte, ReservedBlockBytes = blockBytes }))
            .Should().Throw<ArgumentOutOfRangeException>();

    private double ShareOf(long capacityBytes, int blockBytes)
    {
        var layout = new ArenaLayout(capacityBytes);
        var reserved = MetadataReservation.For(layout, blockBytes);
        return Percent(layout.Heaps + (reserved.HeapCount * HeapSlot.ByteCount) + (reserved.PartCount * SlabPart.ByteCount), capacityBytes);
    }

    private double Percent(long metadataBytes, long capacityBytes)
    {
        var percent = 100.0 * metadataBytes / capacityBytes;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{metadataBytes} bytes of metadata for {capacityBytes / Mebibyte} MiB: {percent:0.00} %"));
        return percent;
    }
}
