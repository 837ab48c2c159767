using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Replaces blocks when every slab of the heap is nearly full. The heap then creates some slabs more than necessary.</summary>
[Category("Arena")]
public sealed class ExtraSlabTests : IDisposable
{
    private const int BlockBytes = 64, BlocksPerSlab = 64, SlabCount = 64;
    private const long SlabBytes = BlockBytes * BlocksPerSlab;

    /// <summary>Maximum number of extra slabs: a seventh of the necessary ones, since one in eight of all slabs may be extra.</summary>
    private const int MaxExtraSlabs = (SlabCount - 1) / 7;

    private const long CapacityBytes = 4 << 20;

    private readonly ShmArena _arena;
    private readonly ShmHeap _heap;

    public ExtraSlabTests()
    {
        Requires.ArenaMetadata(CapacityBytes, CapacityBytes / BlockBytes);
        _arena = SparseArena.Create(CapacityBytes);
        _heap = _arena.OpenHeap();
    }

    private long ClaimedSlabs => _arena.GetStatistics().ClaimedBytes / SlabBytes;

    public void Dispose() => _arena?.Dispose();

    [Fact]
    public void Allocate_EachSlabHasOneFreeBlock_CreatesOneSlabInEight()
    {
        var blocks = Fill();
        FreeFirstOfEachSlab(blocks);

        // The last slab is current, so its free block is the first one to be taken.
        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[^BlocksPerSlab].Offset);
        for (var extra = 1; extra <= MaxExtraSlabs; extra++)
        {
            AllocateMany(1);
            ClaimedSlabs.Should().Be(SlabCount + extra);
            AllocateMany(BlocksPerSlab - 1);
        }

        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[0].Offset, "the heap has as many extra slabs as it may");
        AllocateMany(SlabCount - 2);
        ClaimedSlabs.Should().Be(SlabCount + MaxExtraSlabs);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(4096)]
    public void Allocate_BlocksReplacedAtRandomForLong_ClaimsAtMostASeventhMore(int byteCount)
    {
        var blocks = Fill(byteCount, blockCount: (int)(CapacityBytes / 2 / byteCount));
        var necessary = _arena.GetStatistics().ClaimedBytes;
        Replace(_heap, blocks, 20 * blocks.Length, byteCount);
        _arena.GetStatistics().ClaimedBytes.Should().BeInRange(necessary + (necessary / 10), necessary + (necessary / 7));
    }

    [Fact]
    public void Allocate_HeapReopenedForEachReplacement_ClaimsAtMostASeventhMore()
    {
        var blocks = Fill();
        _heap.Dispose();
        var random = new Random(1);
        for (var count = 0; count < 10 * blocks.Length; count++)
        {
            using var heap = _arena.OpenHeap();
            Replace(heap, blocks, 1, random: random);
        }

        ClaimedSlabs.Should().BeInRange(SlabCount + 1, SlabCount + MaxExtraSlabs);
    }

    [Fact]
    public void Allocate_SlabsOfExitedProcess_CreatesNoExtraSlab()
    {
        // Nobody knows how many of the slabs are extra already.
        ShmBlock[] blocks;
        using (var exited = ShmArena.Attach(_arena.Name))
        {
            blocks = [.. Enumerable.Range(0, SlabCount * BlocksPerSlab).Select(_ => exited.Allocate(BlockBytes))];
            foreach (var block in blocks)
            {
                exited.HandOver(block, _arena.Member);
            }
        }

        _arena.Recover().AdoptedSlabCount.Should().Be(SlabCount);
        for (var index = 0; index < blocks.Length; index += BlocksPerSlab)
        {
            _arena.Free(blocks[index]);
        }

        _ = Enumerable.Range(0, SlabCount).Select(_ => _arena.Allocate(BlockBytes)).Count();
        ClaimedSlabs.Should().Be(SlabCount);
    }

    [Fact]
    public void Allocate_FirstSlabHasFewAndALaterOneMoreFreeBlocks_TakesFromTheLaterOne()
    {
        const int later = 5;
        var blocks = Fill();
        _heap.Free(blocks[0]);
        for (var index = 0; index < BlocksPerSlab / 8; index++)
        {
            _heap.Free(blocks[(later * BlocksPerSlab) + index]);
        }

        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[later * BlocksPerSlab].Offset);
    }

    [Fact]
    public void Allocate_FirstSlabHasOneBlockInSevenFreeAndTheOthersFewer_TakesFromTheFirstOne()
    {
        var blocks = Fill();
        FreeFirstOfEachSlab(blocks);

        // The last slab is current, so its free block is taken first. The next allocation creates an extra slab. The next search
        // starts at the fifth slab.
        AllocateMany(1 + BlocksPerSlab);
        ClaimedSlabs.Should().Be(SlabCount + 1);
        for (var index = 1; index < BlocksPerSlab / 7; index++)
        {
            _heap.Free(blocks[index]);
        }

        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[0].Offset);
        ClaimedSlabs.Should().Be(SlabCount + 1);
    }

    [Fact]
    public void Allocate_FirstSlabHasOneBlockInFiveFree_TakesFromTheSlabWhoseTurnItIs()
    {
        const int freeBlocks = BlocksPerSlab / 5, second = 5, third = 9;
        var blocks = Fill();
        foreach (var slab in (int[])[0, second, third])
        {
            FreeBlocksOf(slab);
        }

        AllocateMany(freeBlocks);
        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[second * BlocksPerSlab].Offset);
        for (var index = freeBlocks; index < 2 * freeBlocks; index++)
        {
            _heap.Free(blocks[index]);
        }

        AllocateMany(freeBlocks - 1);
        _heap.Allocate(BlockBytes).Offset.Should().Be(blocks[third * BlocksPerSlab].Offset);

        void FreeBlocksOf(int slab)
        {
            for (var index = 0; index < freeBlocks; index++)
            {
                _heap.Free(blocks[(slab * BlocksPerSlab) + index]);
            }
        }
    }

    [Theory]
    [InlineData(0.1, 5 / 3.0)]
    [InlineData(0.7, 4 / 3.0)]
    public void Allocate_BlocksFreedAndTheRestReplacedAtRandom_EmptiesSlabs(double livePart, double slabsPerFullSlab)
    {
        var random = new Random(1);
        var blocks = Fill(blockCount: (int)(CapacityBytes / 2 / BlockBytes));
        random.Shuffle(blocks);
        var live = blocks[..(int)(blocks.Length * livePart)];
        foreach (var block in blocks[live.Length..])
        {
            _heap.Free(block);
        }

        Replace(_heap, live, 40 * live.Length, random: random);
        var slabsInUse = live.Select(block => block.Offset / SlabBytes).Distinct().Count();
        slabsInUse.Should().BeLessThan((int)(live.Length / BlocksPerSlab * slabsPerFullSlab));
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Allocate_OneBlockOfEachSlabFreed_CreatesAnExtraSlabForBlocksOfAtMostAPage(int byteCount, bool createsSlab)
    {
        // Slabs of a 128th of the arena have more than eight blocks, so that one free block is less than one in eight.
        using var arena = SparseArena.Create(8 * CapacityBytes);
        using var heap = arena.OpenHeap();
        var blocks = Enumerable.Range(0, 20 * BlocksPerSlab).Select(_ => heap.Allocate(byteCount)).ToArray();
        for (var index = 0; index < blocks.Length; index += BlocksPerSlab)
        {
            heap.Free(blocks[index]);
        }

        var claimed = arena.GetStatistics().ClaimedBytes;
        for (var index = 0; index < blocks.Length; index += BlocksPerSlab)
        {
            heap.Allocate(byteCount);
        }

        (arena.GetStatistics().ClaimedBytes > claimed).Should().Be(createsSlab);
    }

    [Fact]
    public void Allocate_AnEighthOfTheArenaIsFree_CreatesNoExtraSlab()
    {
        var blocks = Fill(blockCount: (int)(CapacityBytes / BlockBytes * 7 / 8));
        FreeFirstOfEachSlab(blocks);
        var claimed = ClaimedSlabs;
        AllocateMany(blocks.Length / BlocksPerSlab);
        ClaimedSlabs.Should().Be(claimed);
    }

    [Fact]
    public unsafe void Allocate_SupplyLockIsHeld_TakesEachFreeBlockWithoutWaiting()
    {
        var blocks = Fill();
        FreeFirstOfEachSlab(blocks);
        var header = MappedMemory.Of(_arena).Header;
        header->TryTakeSupplyLock(_arena.Member.Token).Should().BeTrue();
        AllocateMany(SlabCount);
        header->ReleaseSupplyLock(_arena.Member.Token);
        ClaimedSlabs.Should().Be(SlabCount);
    }

    [Fact]
    public void Allocate_ArenaFull_TakesEachFreeBlock()
    {
        var blocks = Fill(blockCount: (int)(CapacityBytes / BlockBytes));
        _heap.TryAllocate(BlockBytes, out _).Should().BeFalse();
        FreeFirstOfEachSlab(blocks);
        AllocateMany(blocks.Length / BlocksPerSlab);
        _heap.TryAllocate(BlockBytes, out _).Should().BeFalse("no block is free any more");
    }

    private static void Replace(ShmHeap heap, ShmBlock[] blocks, int count, int byteCount = BlockBytes, Random? random = null)
    {
        random ??= new Random(1);
        for (; count > 0; count--)
        {
            var replaced = random.Next(blocks.Length);
            heap.Free(blocks[replaced]);
            blocks[replaced] = heap.Allocate(byteCount);
        }
    }

    private ShmBlock[] Fill(int byteCount = BlockBytes, int blockCount = SlabCount * BlocksPerSlab) =>
        [.. Enumerable.Range(0, blockCount).Select(_ => _heap.Allocate(byteCount))];

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
