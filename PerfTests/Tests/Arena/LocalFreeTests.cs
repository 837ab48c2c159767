using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Frees blocks of the heap's own slabs. Such a free needs no search for the slab.</summary>
[Category("Arena")]
public sealed class LocalFreeTests : IDisposable
{
    private const int BlockBytes = 4096;

    private readonly ShmArena _arena = SparseArena.Create(16 << 20);
    private readonly ShmHeap _heap;

    public LocalFreeTests() => _heap = _arena.OpenHeap();

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void Free_Twice_Throws()
    {
        var block = _heap.Allocate(BlockBytes);
        _heap.Free(block);
        MustRefuse(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Free_StaleHandleAtReusedOffset_Throws()
    {
        var former = _heap.Allocate(BlockBytes);
        _heap.Free(former);
        var block = _heap.Allocate(BlockBytes);
        block.Offset.Should().Be(former.Offset);
        MustRefuse(former);
        MustRefuse(block with { SegmentId = block.SegmentId + 2 });
        MustRefuse(block with { Generation = block.Generation - 1 });
        _arena.LiveBlocks().Should().ContainSingle();
        _heap.Free(block);
    }

    [Fact]
    public void Free_AfterAnotherHeapOrProcessFreed_Throws()
    {
        using var other = _arena.OpenHeap();
        var block = _heap.Allocate(BlockBytes);
        other.Free(block);
        MustRefuse(block);

        using var peer = ShmArena.Attach(_arena.Name);
        block = _heap.Allocate(BlockBytes);
        peer.Free(block);
        MustRefuse(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Free_BlockHandedOverOrOffered_ThrowsOnlyIfOffered()
    {
        using var peer = ShmArena.Attach(_arena.Name);
        var block = _heap.Allocate(BlockBytes);
        _arena.HandOver(block, peer.Member);
        _arena.LiveBlocks().Should().ContainSingle().Which.Holder.Should().Be(peer.Member);
        _heap.Free(block);
        MustRefuse(block);

        block = _heap.Allocate(BlockBytes);
        _arena.Offer(block);
        FluentActions.Invoking(() => _heap.Free(block)).Should().Throw<ShmException>().WithMessage("*the block is offered*");
        peer.Claim(block);
        peer.Free(block);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Free_ThroughDisposedHeap_ThrowsAndLosesNoBlock()
    {
        ShmBlock[] blocks = [_heap.Allocate(BlockBytes), _heap.Allocate(3 << 20), _heap.Allocate(BlockBytes)];
        _heap.Dispose();
        foreach (var block in blocks)
        {
            FluentActions.Invoking(() => _heap.Free(block)).Should().Throw<ObjectDisposedException>();
            _arena.Free(block);
        }

        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Free_AllBlocksOfManySlabs_ReleasesEverySlab()
    {
        var rest = new List<ShmBlock>();
        var block = _heap.Allocate(BlockBytes);
        for (var slabs = 0; slabs < 200; slabs++)
        {
            rest.Add(_heap.Allocate(BlockBytes));
        }

        // Frees the last block, then the first block, then all blocks in between.
        _heap.Free(rest[^1]);
        _heap.Free(block);
        rest[..^1].ForEach(other => _heap.Free(other));
        _heap.Free(_heap.Allocate(_arena.CapacityBytes));
        _arena.GetStatistics().ClaimedBytes.Should().Be(0);
    }

    [Theory]
    [InlineData(2 << 20)]
    [InlineData(BlockBytes)]
    public void Free_AfterFailedAllocation_ReleasesTheSlab(long byteCount)
    {
        var block = _heap.Allocate(byteCount);
        _heap.TryAllocate(_arena.CapacityBytes, out _).Should().BeFalse("the block occupies a part of the arena");
        _heap.Free(block);
        _heap.TryAllocate(_arena.CapacityBytes, out _)
            .Should().BeTrue("the heap releases a part that is not its current part as soon as the part is empty");
    }

    [Fact]
    public void Free_BlockOfSlabMovedToAnotherHeap_NewOwnerReleasesTheSlab()
    {
        var block = _heap.Allocate(BlockBytes);
        using var other = _arena.OpenHeap();
        _heap.Dispose();
        other.TryAllocate(_arena.CapacityBytes, out _).Should().BeFalse("the block occupies a part of the arena");
        _arena.Free(block);
        other.TryAllocate(_arena.CapacityBytes, out _).Should().BeTrue("the other heap owns the slab");
    }

    /// <summary>A negative offset is refused, whichever block the heap allocated last.</summary>
    [Fact]
    public void Free_NegativeOffset_ThrowsInEveryHeapState()
    {
        var forged = _heap.Allocate(BlockBytes) with { Offset = -1 };
        MustRefuse(forged);
        _heap.TryAllocateAligned(3 << 20, 2 << 20, out _).Should().BeTrue();
        MustRefuse(forged);
        using var fresh = _arena.OpenHeap();
        FluentActions.Invoking(() => fresh.Free(forged)).Should().Throw<ShmException>();
        _heap.Dispose();
        FluentActions.Invoking(() => _heap.Free(forged)).Should().Throw<ObjectDisposedException>();
        _arena.LiveBlocks().Should().HaveCount(2);
        _arena.Dispose();
        FluentActions.Invoking(() => _heap.Free(forged)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => fresh.Free(forged)).Should().Throw<ObjectDisposedException>();
    }

    /// <summary>
    /// Forges arena ids. A free compares the sum of the handle's arena id and a constant with the block state. With each forged
    /// id the sum equals the state.
    /// </summary>
    [Fact]
    public void Free_ForgedArenaIdWithMatchingSum_Throws()
    {
        var token = _arena.Member.Token;
        var block = _heap.Allocate(BlockBytes);
        _heap.Free(block);
        MustRefuse(block with { SegmentId = block.SegmentId - token });
        var offered = _heap.Allocate(BlockBytes);
        _arena.Offer(offered);
        MustRefuse(offered with { SegmentId = offered.SegmentId + ProcessToken.OfferedBit });
        _arena.Claim(offered);
        _heap.Free(offered);
    }

    [Fact]
    public void Free_OffsetBeyondTheLastBlockOfTheSlab_Throws()
    {
        // The part had 64 blocks. It now belongs to a slab of 56 blocks, and still has the states of the other 8.
        var blocks = new List<ShmBlock>();
        for (var block = 0; block < 64; block++)
        {
            blocks.Add(_heap.Allocate(64));
        }

        blocks.ForEach(block => _heap.Free(block));
        _heap.Free(_heap.Allocate(_arena.CapacityBytes));
        var first = _heap.Allocate(72);
        var behind = blocks[56] with { Offset = first.Offset + (56 * 72), ByteCount = 72 };
        MustRefuse(behind);
        MustRefuse(behind with { SegmentId = behind.SegmentId - _arena.Member.Token });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(BlockBytes + 1)]
    [InlineData(long.MaxValue)]
    public void Free_ImpossibleLength_Throws(long byteCount)
    {
        var block = _heap.Allocate(BlockBytes);
        MustRefuse(block with { ByteCount = byteCount });
        var next = _heap.Allocate(BlockBytes);
        MustRefuse(block with { ByteCount = byteCount });
        _heap.Free(block with { ByteCount = 1 });
        _heap.Free(next with { ByteCount = 1 });
    }

    private void MustRefuse(ShmBlock block) =>
        FluentActions.Invoking(() => _heap.Free(block)).Should().Throw<ShmException>().WithMessage("*not a live block*");
}
