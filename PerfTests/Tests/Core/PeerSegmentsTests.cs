using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed class PeerSegmentsTests : IDisposable
{
    private const ulong Remote = 0x7000_0000_0000;
    private const long ByteCount = 8192;
    private readonly PeerSegments _peer = new();
    private readonly ShmSegment _owner;

    public PeerSegmentsTests()
    {
        Requires.SharedMemory(Requires.FewPages);
        _owner = ShmSegment.CreateExclusive(ByteCount);
    }

    private SegmentDescriptor Announced => new(Remote, ByteCount, _owner.Name);

    public void Dispose()
    {
        _peer.Dispose();
        _owner.Dispose();
    }

    [Fact]
    public unsafe void Addresses_of_the_peer_are_resolved_and_the_segment_is_mapped_on_first_use()
    {
        _peer.Announce(Announced);
        _peer.Announce(Announced);
        (_peer.Count, _peer.MappedCount).Should().Be((1, 0));
        _owner.AsSpan(4000, 1)[0] = 42;

        _peer.TryResolve(Remote + 4000, 3, out nint local).Should().BeTrue();
        (*(byte*)local).Should().Be(42);
        _peer.TryResolve(Remote + 4001, 3, out nint next).Should().BeTrue();
        (next - local, _peer.MappedCount).Should().Be((1, 1));
    }

    [Theory]
    [InlineData(Remote + 8191, 2)]
    [InlineData(Remote, 8193)]
    [InlineData(Remote, long.MaxValue)]
    [InlineData(Remote, 0)]
    [InlineData(Remote, -1)]
    [InlineData(Remote - 1, 2)]
    [InlineData(Remote + 8192, 1)]
    [InlineData(ulong.MaxValue, 2)]
    public void Ranges_that_straddle_or_overflow_are_refused_mapped_or_not(ulong address, long byteCount)
    {
        _peer.Announce(Announced);
        _peer.TryResolve(address, byteCount, out nint local).Should().BeFalse();
        local.Should().Be(0);
        _peer.MappedCount.Should().Be(0, "nothing was asked for that it holds");
        _peer.TryResolve(Remote, 1, out _).Should().BeTrue();
        _peer.TryResolve(address, byteCount, out local).Should().BeFalse();
        local.Should().Be(0);
    }

    [Fact]
    public void Sixteen_threads_that_ask_at_once_map_a_segment_once()
    {
        for (int round = 0; round < 50; round++)
        {
            using var peer = new PeerSegments();
            using var start = new Barrier(16);
            var answers = new nint[16];
            Thread[] threads = [.. Enumerable.Range(0, 16).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                peer.Announce(Announced);
                answers[index] = peer.TryResolve(Remote + 100, 100, out nint local) ? local : 0;
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            answers.Distinct().Should().ContainSingle().Which.Should().NotBe(0);
            peer.MappedCount.Should().Be(1);
            Smaps.Count(_owner.Name).Should().Be(2, "the owner's mapping and one of the peer's");
        }
    }

    [Fact]
    public unsafe void What_is_forgotten_is_found_no_more_and_stays_mapped_until_the_caller_says_so()
    {
        _peer.Announce(Announced);
        _peer.TryResolve(Remote, 1, out nint local).Should().BeTrue();
        _peer.Forget(_owner.Name).Should().BeTrue();
        _peer.Forget(_owner.Name).Should().BeFalse();
        _peer.TryResolve(Remote, 1, out _).Should().BeFalse();
        _owner.AsSpan(0, 1)[0] = 9;
        (*(byte*)local).Should().Be(9, "somebody may still be reading there");

        _peer.UnmapForgotten().Should().Be(1);
        Smaps.Count(_owner.Name).Should().Be(1, "the owner's own mapping");
    }

    [Fact]
    public void A_range_of_another_segment_is_refused_and_names_both()
    {
        _peer.Announce(Announced);
        FluentActions.Invoking(() => _peer.Announce(new SegmentDescriptor(Remote + 8191, 10, "other")))
            .Should().Throw<ShmException>().WithMessage($"announce(other) failed: *{_owner.Name}*Forget the other one first*");
        _peer.Announce(new SegmentDescriptor(Remote + 8192, 10, "neighbour"));
    }

    [Fact]
    public void A_segment_that_is_gone_is_an_error_when_it_is_asked_for_and_can_come_back()
    {
        _peer.Announce(new SegmentDescriptor(1 << 20, 10, "perftests_gone"));
        FluentActions.Invoking(() => _peer.TryResolve(1 << 20, 1, out _))
            .Should().Throw<ShmException>().WithMessage("shm_open(perftests_gone) failed: ENOENT (2)*has not disposed it*");
        _peer.MappedCount.Should().Be(0);
        using ShmSegment back = ShmSegment.CreateExclusive("perftests_gone", 10);
        _peer.TryResolve(1 << 20, 1, out _).Should().BeTrue();
    }

    [Fact]
    public void After_disposal_nothing_is_announced() =>
        FluentActions.Invoking(() =>
        {
            _peer.Dispose();
            _peer.Announce(Announced);
        }).Should().Throw<ObjectDisposedException>();
}
