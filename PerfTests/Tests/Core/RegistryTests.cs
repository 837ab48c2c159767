using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Trait("Category", "Core")]
public sealed class RegistryTests
{
    [Fact]
    public void A_peers_segment_is_resolved_from_the_peers_addresses()
    {
        using var owner = new SegmentAllocator();
        using var peer = new SegmentAllocator();
        ShmBlock block = owner.Allocate(8192);
        SegmentDescriptor moved = owner.Describe(block) with { Address = 0x7000_0000_0000 };
        ShmBlock handle = peer.Register(moved);
        ShmTransfer.Write(owner, block, [1, 2, 3], 4000);

        peer.TryResolve(moved.Address + 4000, 3, out nint local).Should().BeTrue();
        (local - peer.GetAddress(handle)).Should().Be(4000);
        peer.TryResolve(moved.Address + 8191, 2, out _).Should().BeFalse("the range straddles the segment's end");
        FluentActions.Invoking(() => peer.Free(handle)).Should().Throw<ShmException>();
        peer.Unregister(handle);
        peer.TryResolve(moved.Address, 1, out _).Should().BeFalse();
    }

    [Fact]
    public void A_range_that_overflows_the_address_space_is_refused()
    {
        using var peer = new SegmentAllocator();
        var overflowing = new SegmentDescriptor(ulong.MaxValue - 10, 100, "mooncake_any");
        FluentActions.Invoking(() => peer.Register(overflowing)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_live_segment_is_always_found_while_others_come_and_go()
    {
        using var allocator = new SegmentAllocator();
        nint address = allocator.GetAddress(allocator.Allocate(4096));
        using var stop = new CancellationTokenSource();
        var churn = new Thread(() =>
        {
            for (int round = 0; round < 200; round++)
            {
                ShmBlock[] blocks = [.. Enumerable.Range(0, 1 + (round % 40)).Select(_ => allocator.Allocate(4096))];
                Array.ForEach(blocks, allocator.Free);
            }

            stop.Cancel();
        });
        churn.Start();
        long misses = 0;
        while (!stop.IsCancellationRequested)
        {
            misses += allocator.TryResolve((ulong)address, 4096, out nint local) && local == address ? 0 : 1;
        }

        churn.Join();
        misses.Should().Be(0);
        allocator.SegmentCount.Should().Be(1);
    }
}
