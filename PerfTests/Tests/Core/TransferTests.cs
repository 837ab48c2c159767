using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed class TransferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(4096)]
    [InlineData((16 << 10) + 1)]
    [InlineData(24 << 10)]
    [InlineData((24 << 10) + 1)]
    [InlineData((32 << 10) + 1)]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData((32 << 20) - 1)]
    [InlineData((32 << 20) + 65)]
    public void Write_AnyLength_CopiesExactlyTheRange(int byteCount)
    {
        Requires.SharedMemory(byteCount + 8192);
        using var segment = ShmSegment.CreateExclusive(byteCount + 200);
        var source = new byte[byteCount];
        new Random(byteCount).NextBytes(source);
        foreach (var offset in new[] { 64, 67 })
        {
            var all = segment.AsSpan(0, byteCount + 200);
            all.Fill(0xA5);
            ShmTransfer.Write(segment, source, offset);
            all.Slice(offset, byteCount).SequenceEqual(source).Should().BeTrue();
            all[..offset].IndexOfAnyExcept((byte)0xA5).Should().Be(-1);
            all[(offset + byteCount)..].IndexOfAnyExcept((byte)0xA5).Should().Be(-1);
            var back = new byte[byteCount];
            ShmTransfer.Read(segment, back, offset);
            back.AsSpan().SequenceEqual(source).Should().BeTrue();
        }
    }

    [Fact]
    public void Write_RangeBeyondSegmentOrBlock_Throws()
    {
        using var allocator = new SegmentAllocator();
        var block = allocator.Allocate(100);
        using var segment = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmTransfer.Write(allocator, block, new byte[10], 91)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ShmTransfer.Read(allocator, block, new byte[10], -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ShmTransfer.Write(segment, new byte[101])).Should().Throw<ArgumentOutOfRangeException>();
        var madeUp = block with { ByteCount = 1000 };
        FluentActions.Invoking(() => ShmTransfer.Write(allocator, madeUp, new byte[1000])).Should().Throw<ShmException>();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1024)]
    [InlineData(5000)]
    [InlineData(16 << 10)]
    [InlineData(24 << 10)]
    [InlineData(300_000)]
    [InlineData(17 << 20)]
    [InlineData((33 << 20) + 5)]
    public unsafe void Copy_OverlappingRanges_CopiesAsIfThroughABuffer(int byteCount)
    {
        const int MaxDistance = 70_000;
        Requires.SharedMemory(byteCount + MaxDistance + 8192);
        using var segment = ShmSegment.CreateExclusive(byteCount + MaxDistance);
        var before = new byte[byteCount + MaxDistance];
        var whole = segment.AsSpan(0, before.Length);
        new Random(byteCount).NextBytes(before);
        foreach (var distance in new[] { 0, 1, 31, 63, 64, 100, 255, 256, 4096, Math.Min(byteCount - 1, MaxDistance) })
        {
            before.CopyTo(whole);
            ShmTransfer.Write(segment, segment.AsReadOnlySpan(0, byteCount), distance);
            whole.Slice(distance, byteCount).SequenceEqual(before.AsSpan(0, byteCount)).Should().BeTrue($"forward by {distance}");
            whole[..distance].SequenceEqual(before.AsSpan(0, distance)).Should().BeTrue();
            whole[(distance + byteCount)..].SequenceEqual(before.AsSpan(distance + byteCount)).Should().BeTrue();

            before.CopyTo(whole);
            ShmTransfer.Read(segment, segment.AsSpan(0, byteCount), distance);
            whole[..byteCount].SequenceEqual(before.AsSpan(distance, byteCount)).Should().BeTrue($"backward by {distance}");
            whole[byteCount..].SequenceEqual(before.AsSpan(byteCount)).Should().BeTrue();
        }
    }

    [Fact]
    public void Write_ReadOnlySegment_ThrowsInsteadOfCrashing()
    {
        using var owner = ShmSegment.CreateExclusive(100);
        using var peer = ShmSegment.Open(owner.Name, 100, readOnly: true);
        FluentActions.Invoking(() => ShmTransfer.Write(peer, new byte[1])).Should()
            .Throw<InvalidOperationException>().WithMessage("*mapped read-only*");
    }
}
