using System.Runtime.InteropServices;
using System.Text.Json;
using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests the slot index in a handle, a hint that says where the block's state is stored. The slot index is no part of the
/// handle's value.
/// </summary>
[Category("Arena")]
public sealed class SlotIndexTests : IDisposable
{
    private const ulong BeyondEverySlot = ulong.MaxValue;

    /// <summary>Upper bound of valid slot indexes: more slots than an arena of 1 TiB has.</summary>
    private const ulong SlotLimit = 1UL << 37;

    private readonly ShmArena _arena = SparseArena.Create(16 << 20);
    private readonly ShmHeap _heap;

    public SlotIndexTests() => _heap = _arena.OpenHeap();

    public void Dispose() => _arena.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(4096)]
    [InlineData(2 << 20)]
    [InlineData((2 << 20) + 1)]
    public void Free_HandleRebuiltFromItsValues_FreesTheBlock(long byteCount)
    {
        Func<ShmBlock, ShmBlock>[] ways =
        [
            block => new ShmBlock(block.SegmentId, block.Generation, block.Offset, block.ByteCount),
            block => JsonSerializer.Deserialize<ShmBlock>(JsonSerializer.Serialize(block)),
            block => block with { Offset = block.Offset },
            block => MemoryMarshal.Read<ShmBlock>(MemoryMarshal.AsBytes([block])),
        ];
        foreach (var way in ways)
        {
            ShmBlock block = _heap.Allocate(byteCount), handle = way(block);
            block.ByteCount.Should().Be(byteCount);
            handle.Should().Be(block);
            handle.GetHashCode().Should().Be(block.GetHashCode());
            (var segmentId, var generation, var offset, var length) = block;
            new ShmBlock(segmentId, generation, offset, length).Should().Be(handle);
            handle.ToString().Should().Be(block.ToString()).And.Contain($"ByteCount = {byteCount}");
            _arena.GetAddress(handle).Should().Be(_arena.GetAddress(block));
            _heap.Free(handle);
            foreach (var freed in ways.Select(other => other(block)))
            {
                FluentActions.Invoking(() => _heap.Free(freed)).Should().Throw<ShmException>();
            }
        }
    }

    [Fact]
    public void WithExpression_AnyPropertyOfHandleChanged_RemovesTheSlotIndex()
    {
        var block = _heap.Allocate(64);
        SlotIndexOf(block).Should().BeLessThan(SlotLimit);
        ShmBlock[] changed =
        [
            block with { SegmentId = 1 }, block with { Generation = 1 }, block with { Offset = 64 }, block with { ByteCount = 64 },
        ];
        changed.Should().OnlyContain(handle => SlotIndexOf(handle) > SlotLimit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue + (1L << 62))]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 40)]
    [InlineData(long.MinValue)]
    [InlineData(long.MinValue + 4096)]
    [InlineData(long.MinValue + (1L << 62) - 1)]
    public void ShmBlock_CreatedWithAnyByteCount_HasNoSlotIndex(long byteCount)
    {
        var block = new ShmBlock(1, 2, 3, byteCount);
        block.ByteCount.Should().Be(Math.Max(byteCount, long.MinValue / 2));
        SlotIndexOf(block).Should().BeGreaterThan(SlotLimit);
        (default(ShmBlock) with { ByteCount = byteCount }).ByteCount.Should().Be(block.ByteCount);
    }

    /// <summary>
    /// Uses slot indexes that a damaged message may contain. They belong to another block, to a free block, to a part that does
    /// not exist, or to no part.
    /// </summary>
    [Fact]
    public void Free_WrongSlotIndex_FreesOnlyTheNamedBlock()
    {
        ShmBlock other = _heap.Allocate(64), block = _heap.Allocate(64), large = _heap.Allocate(3 << 20);
        var extent = block.Extent;
        ulong[] wrongExtents =
        [
            other.Extent, extent + (1 << ShmBlock.SlotIndexShift), extent + (1L << 30), extent + (1L << 50), BeyondEverySlot,
            ShmBlock.SlotIndexMark | 64, extent ^ (1L << 62), 1L << 62,
        ];
        foreach (var wrong in wrongExtents)
        {
            Try(() => _heap.Free(WithExtent(block, wrong)));
            Try(() => _heap.Free(WithExtent(large, wrong)));
            _arena.LiveBlocks().Select(found => found.Block.Offset).Should().Contain(other.Offset);
            if (!_arena.LiveBlocks().Any(found => found.Block.Offset == block.Offset))
            {
                // The offset in the handle still named the block, so the block was freed.
                block = _heap.Allocate(64);
            }

            if (!_arena.LiveBlocks().Any(found => found.Block.Offset == large.Offset))
            {
                large = _heap.Allocate(3 << 20);
            }
        }

        _heap.Free(other);
        _heap.Free(block);
        _heap.Free(large);
        _arena.UsedBytes.Should().Be(0);
    }

    /// <summary>Frees blocks so small that a page of them has four parts. Each part must name the owner of the slab.</summary>
    [Fact]
    public void Free_BlocksOfAllFourParts_ReturnToNewOwnerOfTheSlab()
    {
        ShmBlock[] blocks = [.. Enumerable.Range(0, 256).Select(_ => _heap.Allocate(16))];
        using var other = _arena.OpenHeap();
        foreach (var block in blocks[..128])
        {
            other.Free(block);
        }

        _heap.Dispose();
        other.TryAllocate(_arena.CapacityBytes, out _).Should().BeFalse("live blocks occupy a page, and the other heap owns their slab");
        foreach (var block in blocks[128..])
        {
            other.Free(block);
            FluentActions.Invoking(() => other.Free(block)).Should().Throw<ShmException>();
        }

        other.TryAllocate(_arena.CapacityBytes, out _).Should().BeTrue();
    }

    /// <summary>Forges a handle whose length equals the extent of a valid handle.</summary>
    [Fact]
    public void Free_LengthForgedFromSlotIndex_Throws()
    {
        ShmBlock block = _heap.Allocate(64), other = _heap.Allocate(64);
        foreach (var offset in new[] { -1, other.Offset, block.Offset })
        {
            var forged = new ShmBlock(block.SegmentId, block.Generation, offset, (long)block.Extent);
            FluentActions.Invoking(() => _heap.Free(forged)).Should().Throw<ShmException>();
        }

        _arena.LiveBlocks().Should().HaveCount(2);
    }

    /// <summary>The handle of a large block has no slot index, but a caller can forge one.</summary>
    [Fact]
    public void Free_LargeBlockWithForgedSlotIndex_ReleasesItsPages()
    {
        var large = _heap.Allocate(3 << 20);
        _heap.Free(_heap.Allocate(64));
        _heap.Free(WithExtent(large, BlockHandles.FirstExtent(1) + 64));
        _arena.UsedBytes.Should().Be(0);
        _heap.TryAllocate(14 << 20, out _).Should().BeTrue("the pages of the block are free without a recovery");
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(16)]
    public void Free_HandlesWithoutSlotIndex_ReleasesTheSlabs(long byteCount)
    {
        Requires.ArenaMetadata(_arena.CapacityBytes, _arena.CapacityBytes / byteCount);
        var blocks = new List<ShmBlock>();
        while (_heap.TryAllocate(byteCount, out var block))
        {
            blocks.Add(block);
        }

        blocks.ForEach(block => _heap.Free(new ShmBlock(block.SegmentId, block.Generation, block.Offset, block.ByteCount)));
        using var other = _arena.OpenHeap();
        other.TryAllocate(8 << 20, out _).Should().BeTrue("a heap keeps at most an eighth of the arena");
    }

    private static ulong SlotIndexOf(ShmBlock block) => BlockHandles.SlotIndexOf(block.Extent);

    private static ShmBlock WithExtent(ShmBlock block, ulong extent)
    {
        MemoryMarshal.Cast<ShmBlock, ulong>(new Span<ShmBlock>(ref block))[2] = extent;
        return block;
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (ShmException)
        {
        }
    }
}
