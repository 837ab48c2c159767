using CsCheck;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests the descriptor of a segment, which the owner sends to peer processes.</summary>
[Category("Core")]
public sealed class DescriptorTests
{
    private static readonly SegmentDescriptor s_some = new(0x7000_0000_0000, 1L << 40, "mooncake_ä");

    [Fact]
    public void Read_TwoConsecutiveDescriptors_ReturnsBothUnchanged()
    {
        byte[] sent = [.. s_some.ToBytes(), .. (s_some with { Name = new string('n', 254) }).ToBytes()];
        SegmentDescriptor.Read(sent, out var consumed).Should().Be(s_some);
        SegmentDescriptor.Read(sent.AsSpan(consumed), out var rest).Name.Should().HaveLength(254);
        (consumed + rest).Should().Be(sent.Length);
    }

    [Fact]
    public void Read_DescriptorCutAtAnyByte_Throws()
    {
        var bytes = s_some.ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            FluentActions.Invoking(() => SegmentDescriptor.Read(bytes.AsSpan(0, length), out _))
                .Should().Throw<ShmException>().WithMessage("validate descriptor(*");
        }
    }

    [Fact]
    public void Read_NameNotUtf8_Throws()
    {
        var bytes = s_some.ToBytes();
        bytes[^1] = 0xFF;
        FluentActions.Invoking(() => SegmentDescriptor.Read(bytes, out _)).Should().Throw<ShmException>()
            .WithMessage("*its name is not valid UTF-8*");
    }

    [Fact]
    public void Read_RandomBytes_ThrowsOrRoundTrips() =>
        Gen.Byte.Array[0, 60].Select(Gen.Bool, (bytes, isMarked) => isMarked ? [.. "SHM1"u8, .. bytes] : bytes).Sample(bytes =>
        {
            try
            {
                var read = SegmentDescriptor.Read(bytes, out _);
                return SegmentDescriptor.Read(read.ToBytes(), out _) == read;
            }
            catch (ShmException)
            {
                return true;
            }
        });

    [Theory]
    [InlineData(ulong.MaxValue - 10, 100, "name", "*100 bytes from address 0xfffffffffffffff5 is empty or overflows the address space*")]
    [InlineData(1, 0, "name", "*range of 0 bytes from address 0x1 is empty*")]
    [InlineData(1, -5, "name", "*-5 bytes from address 0x1 is empty*")]
    [InlineData(1, 1, "a/b", "validate name(a/b) failed: the name contains a slash*")]
    [InlineData(1, 1, "", "*the name is empty*")]
    public void Announce_InvalidDescriptor_Throws(ulong address, long byteCount, string name, string message)
    {
        using var peer = new PeerSegments();
        var descriptor = new SegmentDescriptor(address, byteCount, name);
        FluentActions.Invoking(() => peer.Announce(descriptor)).Should().Throw<ShmException>().WithMessage(message);
        FluentActions.Invoking(() => descriptor.ToBytes()).Should().Throw<ShmException>().WithMessage(message);
        peer.Count.Should().Be(0);
    }
}
