using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Replaces blocks when every slab of the heap is nearly full. The heap then creates some slabs more than necessary.</summary>
[Category("Arena")]
public sealed class ExtraSlabTests : IDisposable
{
    private const int BlockBytes = 64, BlocksPerSlab = 64, SlabCount = 16;
    private const long SlabBytes = BlockBytes * BlocksPerSlab;

    /// <summary>One part in eight is extra.</summary>
    private const int MaxExtraSlabs = SlabCount / 8;

    private const long CapacityBytes = 4 << 20;

    private readonly ShmArena _arena = SparseArena.Create(CapacityBytes);
    private readonly ShmHeap _heap;

    public ExtraSlabTests() => _heap = _arena.OpenHeap();

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void Allocate_EachSlabHasOneFreeBlock_CreatesOneSlabInEight()
    {
        var blocks = FillSlabs();
        FreeFirstOfEachSlab(blocks);

        // The last slab is current, so its free block is the first one to be taken.
        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[^BlocksPerSlab].Offset);
        for (var extra = 1; extra <= MaxExtraSlabs; extra++)
        {
            _heap.Allocate(BlockBytes);
            _arena.GetStatistics().ClaimedBytes.Should().Be((SlabCount + extra) * SlabBytes);
            AllocateMany(BlocksPerSlab - 1);
        }

        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[0].Offset, "the heap has as many extra slabs as it may");
        AllocateMany(SlabCount - 2);
        _arena.GetStatistics().ClaimedBytes.Should().Be((SlabCount + MaxExtraSlabs) * SlabBytes);
    }

    [Fact]
    public void Allocate_FirstSlabHasFewAndALaterOneManyFreeBlocks_TakesFromTheLaterOne()
    {
        const int later = 5;
        var blocks = FillSlabs();
        _heap.Free(blocks[0]);
        for (var index = 0; index < BlocksPerSlab / 8; index++)
        {
            _heap.Free(blocks[(later * BlocksPerSlab) + index]);
        }

        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[later * BlocksPerSlab].Offset);
    }

    [Fact]
    public void Allocate_BlocksOfMoreThanOneKibibyteFreed_TakesTheFirstFreedBlock()
    {
        const int byteCount = 1025;
        var blocks = Enumerable.Range(0, SlabCount * BlocksPerSlab).Select(_ => _heap.Allocate(byteCount)).ToArray();
        _heap.Free(blocks[0]);
        _heap.Free(blocks[2 * BlocksPerSlab]);
        var claimed = _arena.GetStatistics().ClaimedBytes;
        AllocateMany(2, byteCount);
        _arena.GetStatistics().ClaimedBytes.Should().Be(claimed);
    }

    [Fact]
    public void Allocate_ArenaFull_TakesEachFreeBlock()
    {
        var blocks = new List<ShmBlock>();
        while (_heap.TryAllocate(BlockBytes, out var block))
        {
            blocks.Add(block);
        }

        blocks.Should().HaveCount((int)(CapacityBytes / BlockBytes));
        FreeFirstOfEachSlab([.. blocks]);
        AllocateMany(blocks.Count / BlocksPerSlab);
        _heap.TryAllocate(BlockBytes, out _).Should().BeFalse("no block is free any more");
    }

    [Fact]
    public void Allocate_BlocksReplacedAtRandomForLong_ClaimsAtMostAnEighthMore()
    {
        var blocks = FillSlabs();
        var random = new Random(1);
        for (var count = 0; count < 100 * blocks.Length; count++)
        {
            var replaced = random.Next(blocks.Length);
            _heap.Free(blocks[replaced]);
            blocks[replaced] = _heap.Allocate(BlockBytes);
        }

        _arena.GetStatistics().ClaimedBytes.Should().Be((SlabCount + MaxExtraSlabs) * SlabBytes);
    }

    [Fact]
    public void Allocate_HeapReopenedForEachReplacement_ClaimsAtMostAnEighthMore()
    {
        var blocks = FillSlabs();
        _heap.Dispose();
        var random = new Random(1);
        for (var count = 0; count < 10 * blocks.Length; count++)
        {
            using var heap = _arena.OpenHeap();
            var replaced = random.Next(blocks.Length);
            heap.Free(blocks[replaced]);
            blocks[replaced] = heap.Allocate(BlockBytes);
        }

        _arena.GetStatistics().ClaimedBytes.Should().Be((SlabCount + MaxExtraSlabs) * SlabBytes);
    }

    private ShmBlock[] FillSlabs()
    {
        ShmBlock[] blocks = [.. Enumerable.Range(0, SlabCount * BlocksPerSlab).Select(_ => _heap.Allocate(BlockBytes))];
        _arena.GetStatistics().ClaimedBytes.Should().Be(SlabCount * SlabBytes);
        return blocks;
    }

    private void FreeFirstOfEachSlab(ShmBlock[] blocks)
    {
        for (var index = 0; index < blocks.Length; index += BlocksPerSlab)
        {
            _heap.Free(blocks[index]);
        }
    }

    private void AllocateMany(int count, long byteCount = BlockBytes)
    {
        for (; count > 0; count--)
        {
            _heap.Allocate(byteCount);
        }
    }
}
