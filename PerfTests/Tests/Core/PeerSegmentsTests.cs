using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>
/// Tests segments that were announced to a peer process: they are mapped on first use, and unmapped after they are forgotten.
/// </summary>
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
    public unsafe void TryResolve_AnnouncedSegment_MapsItOnFirstUse()
    {
        _peer.Announce(Announced);
        _peer.Announce(Announced);
        (_peer.Count, _peer.MappedCount).Should().Be((1, 0));
        _owner.AsSpan(4000, 1)[0] = 42;

        _peer.TryResolve(Remote + 4000, 3, out var local).Should().BeTrue();
        (*(byte*)local).Should().Be(42);
        _peer.TryResolve(Remote + 4001, 3, out var next).Should().BeTrue();
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
    public void TryResolve_RangeBeyondSegment_ReturnsFalse(ulong address, long byteCount)
    {
        _peer.Announce(Announced);
        _peer.TryResolve(address, byteCount, out var local).Should().BeFalse();
        local.Should().Be(0);
        _peer.MappedCount.Should().Be(0, "no resolved address lies within the segment");
        _peer.TryResolve(Remote, 1, out _).Should().BeTrue();
        _peer.TryResolve(address, byteCount, out local).Should().BeFalse();
        local.Should().Be(0);
    }

    [Fact]
    public void TryResolve_SixteenThreadsAtOnce_MapsTheSegmentOnce()
    {
        for (var round = 0; round < 50; round++)
        {
            using var peer = new PeerSegments();
            using var start = new Barrier(16);
            var addresses = new nint[16];
            Thread[] threads = [.. Enumerable.Range(0, 16).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                peer.Announce(Announced);
                addresses[index] = peer.TryResolve(Remote + 100, 100, out var local) ? local : 0;
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            addresses.Distinct().Should().ContainSingle().Which.Should().NotBe(0);
            peer.MappedCount.Should().Be(1);
            Smaps.Count(_owner.Name).Should().Be(2, "the owner and the peer have one mapping each");
        }
    }

    [Fact]
    public unsafe void Forget_MappedSegment_StaysMappedUntilUnmapForgottenIsCalled()
    {
        _peer.Announce(Announced);
        _peer.TryResolve(Remote, 1, out var local).Should().BeTrue();
        _peer.Forget(_owner.Name).Should().BeTrue();
        _peer.Forget(_owner.Name).Should().BeFalse();
        _peer.TryResolve(Remote, 1, out _).Should().BeFalse();
        _owner.AsSpan(0, 1)[0] = 9;
        (*(byte*)local).Should().Be(9, "other threads may still use the address");

        _peer.UnmapForgotten().Should().Be(1);
        Smaps.Count(_owner.Name).Should().Be(1, "only the owner has a mapping");
    }

    [Fact]
    public void Announce_OverlappingRange_Throws()
    {
        _peer.Announce(Announced);
        FluentActions.Invoking(() => _peer.Announce(new SegmentDescriptor(Remote + 8191, 10, "other")))
            .Should().Throw<ShmException>().WithMessage($"announce(other) failed: *{_owner.Name}*Forget the other segment first*");
        _peer.Announce(new SegmentDescriptor(Remote + 8192, 10, "neighbour"));
    }

    [Fact]
    public void TryResolve_SegmentMissing_ThrowsUntilTheSegmentExists()
    {
        _peer.Announce(new SegmentDescriptor(1 << 20, 10, "perftests_gone"));
        FluentActions.Invoking(() => _peer.TryResolve(1 << 20, 1, out _))
            .Should().Throw<ShmException>().WithMessage("openat(perftests_gone) failed: ENOENT (2)*has not disposed it*");
        _peer.MappedCount.Should().Be(0);
        using var back = ShmSegment.CreateExclusive("perftests_gone", 10);
        _peer.TryResolve(1 << 20, 1, out _).Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void Announce_SegmentFreedAndCreatedAgain_MapsTheNewOne(bool isMappedBefore)
    {
        const string Name = "perftests_again";
        var first = ShmSegment.CreateExclusive(Name, ByteCount);
        first.AsSpan(0, 1)[0] = 1;
        var descriptor = new SegmentDescriptor(Remote, ByteCount, Name);
        _peer.Announce(descriptor);
        nint old = 0;
        if (isMappedBefore)
        {
            _peer.TryResolve(Remote, 1, out old).Should().BeTrue();
        }

        first.Dispose();
        using var second = ShmSegment.CreateExclusive(Name, ByteCount);
        second.AsSpan(0, 1)[0] = 2;
        _peer.Announce(descriptor);
        _peer.TryResolve(Remote, 1, out var local).Should().BeTrue();
        (*(byte*)local).Should().Be(2);
        (_peer.Count, _peer.UnmapForgotten()).Should().Be((1, isMappedBefore ? 1 : 0), "a thread may have used the old mapping until now");
    }

    [Fact]
    public void TryResolve_SegmentFreedBeforeItWasMapped_ReturnsFalse()
    {
        _peer.Announce(Announced);
        _owner.Dispose();
        _peer.TryResolve(Remote, 1, out _).Should().BeFalse();
        _peer.Count.Should().Be(0);
    }

    [Fact]
    public void TryResolve_OwnerFreesSegmentMeanwhile_NeverThrows()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var owner = ShmSegment.CreateExclusive(ByteCount);
            using var peer = new PeerSegments();
            peer.Announce(new SegmentDescriptor(Remote, ByteCount, owner.Name));
            var isReady = false;
            var freeing = new Thread(() =>
            {
                Volatile.Write(ref isReady, true);
                Thread.SpinWait(round % 100);
                owner.Dispose();
            });
            freeing.Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref isReady));
            peer.TryResolve(Remote, 1, out _);
            freeing.Join();
        }
    }

    [Fact]
    public void Announce_RangeOfSegmentThatWasFreedBeforeItsAnnouncement_ReplacesIt()
    {
        _peer.Announce(new SegmentDescriptor(Remote, ByteCount, "perftests_freed_before"));
        _peer.Announce(Announced);
        _peer.TryResolve(Remote, 1, out _).Should().BeTrue();
        _peer.Count.Should().Be(1);
    }

    [Fact]
    public void TryResolve_OtherSegmentHasTheNameOfTheFreedOne_ReturnsFalse()
    {
        _peer.Announce(Announced);
        _owner.Dispose();
        using var successor = ShmSegment.CreateExclusive(_owner.Name, ByteCount);
        _peer.TryResolve(Remote, 1, out _).Should().BeFalse("the owner has not announced the other segment");
    }

    [Fact]
    public void Announce_RangeOfFreedSegment_ReplacesIt()
    {
        // The owner's next block often gets the address of the block that it freed last.
        _peer.Announce(Announced);
        _peer.TryResolve(Remote, 1, out _).Should().BeTrue();
        _owner.Dispose();
        using var next = ShmSegment.CreateExclusive(ByteCount);
        _peer.Announce(new SegmentDescriptor(Remote + 4096, ByteCount, next.Name));
        _peer.TryResolve(Remote, 1, out _).Should().BeFalse();
        _peer.TryResolve(Remote + 4096 + ByteCount - 1, 1, out _).Should().BeTrue();
        (_peer.Count, _peer.UnmapForgotten()).Should().Be((1, 1));
    }

    [Fact]
    public void Announce_FreedSegmentAgain_IsNotServedFromTheOldMapping()
    {
        _peer.Announce(Announced);
        _peer.TryResolve(Remote, 1, out _).Should().BeTrue();
        _owner.Dispose();
        _peer.Announce(Announced);
        FluentActions.Invoking(() => _peer.TryResolve(Remote, 1, out _)).Should().Throw<ShmException>().WithMessage("*ENOENT*");
    }

    [Fact]
    public void ForgetFreed_OneOfTwoSegmentsFreed_ForgetsOnlyIt()
    {
        using var other = ShmSegment.CreateExclusive(ByteCount);
        _peer.Announce(Announced);
        _peer.Announce(new SegmentDescriptor(Remote + ByteCount, ByteCount, other.Name));
        _peer.TryResolve(Remote, 1, out _).Should().BeTrue();
        _peer.ForgetFreed().Should().Be(0);
        _owner.Dispose();
        _peer.ForgetFreed().Should().Be(1);
        _peer.TryResolve(Remote, 1, out _).Should().BeFalse();
        _peer.TryResolve(Remote + ByteCount, 1, out _).Should().BeTrue();
        (_peer.Count, _peer.UnmapForgotten()).Should().Be((1, 1));
    }

    [Fact]
    public void Announce_AfterDispose_Throws() =>
        FluentActions.Invoking(() =>
        {
            _peer.Dispose();
            _peer.Announce(Announced);
        }).Should().Throw<ObjectDisposedException>();
}
