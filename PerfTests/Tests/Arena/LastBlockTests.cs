using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>A heap gives back the block that it allocated last without looking where it lies: that must not be seen.</summary>
[Trait("Category", "Arena")]
public sealed class LastBlockTests : IDisposable
{
    private const int BlockBytes = 4096;

    private readonly ShmArena _arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = 16 << 20, Reserve = false });
    private readonly ShmHeap _heap;

    public LastBlockTests() => _heap = _arena.OpenHeap();

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void It_is_freed_once()
    {
        ShmBlock block = _heap.Allocate(BlockBytes);
        _heap.Free(block);
        MustRefuse(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void A_former_block_in_its_place_is_refused()
    {
        ShmBlock former = _heap.Allocate(BlockBytes);
        _heap.Free(former);
        ShmBlock block = _heap.Allocate(BlockBytes);
        block.Offset.Should().Be(former.Offset);
        MustRefuse(former);
        MustRefuse(block with { SegmentId = block.SegmentId + 2 });
        MustRefuse(block with { Generation = block.Generation - 1 });
        _arena.LiveBlocks().Should().ContainSingle();
        _heap.Free(block);
    }

    [Fact]
    public void One_that_another_heap_or_process_freed_is_refused()
    {
        using ShmHeap other = _arena.OpenHeap();
        ShmBlock block = _heap.Allocate(BlockBytes);
        other.Free(block);
        MustRefuse(block);

        using var peer = ShmArena.Attach(_arena.Name);
        block = _heap.Allocate(BlockBytes);
        peer.Free(block);
        MustRefuse(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void One_that_was_handed_on_may_be_freed_all_the_same_and_one_in_transit_may_not()
    {
        using var peer = ShmArena.Attach(_arena.Name);
        ShmBlock block = _heap.Allocate(BlockBytes);
        _arena.HandOver(block, peer.Member);
        _arena.LiveBlocks().Should().ContainSingle().Which.Holder.Should().Be(peer.Member);
        _heap.Free(block);
        MustRefuse(block);

        block = _heap.Allocate(BlockBytes);
        _arena.Offer(block);
        MustRefuse(block);
        peer.Claim(block);
        peer.Free(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void When_its_slab_is_no_longer_the_heaps_it_is_freed_as_any_other()
    {
        ShmBlock block = _heap.Allocate(BlockBytes);
        _heap.Dispose();
        FluentActions.Invoking(() => _heap.Free(block)).Should().NotThrow();
        MustRefuse(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void When_another_part_serves_its_size_meanwhile_its_slab_is_given_up_all_the_same()
    {
        var rest = new List<ShmBlock>();
        ShmBlock block = _heap.Allocate(BlockBytes);
        for (int slabs = 0; slabs < 200; slabs++)
        {
            rest.Add(_heap.Allocate(BlockBytes));
        }

        // The last one of them, then the first, in whose part nothing is live then, and what lies between.
        _heap.Free(rest[^1]);
        _heap.Free(block);
        rest[..^1].ForEach(other => _heap.Free(other));
        _heap.Free(_heap.Allocate(_arena.CapacityBytes));
        _arena.GetStatistics().ClaimedBytes.Should().Be(0);
    }

    private void MustRefuse(ShmBlock block) =>
        FluentActions.Invoking(() => _heap.Free(block)).Should().Throw<ShmException>().WithMessage("*not a live block*");
}
