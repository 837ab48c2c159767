using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Frees blocks of full and nearly full slabs, and allocates again.</summary>
[Category("Arena")]
public sealed class SlabReuseTests : IDisposable
{
    private const int BlockBytes = 64, BlocksPerSlab = 64, SlabCount = 64;
    private const long SlabBytes = BlockBytes * BlocksPerSlab;
    private const long CapacityBytes = 4 << 20;

    private readonly ShmArena _arena;
    private readonly ShmHeap _heap;
    private readonly Random _random = new(1);

    public SlabReuseTests()
    {
        Requires.ArenaMetadata(CapacityBytes, CapacityBytes / BlockBytes);
        _arena = SparseArena.Create(CapacityBytes);
        _heap = _arena.OpenHeap();
    }

    private long ClaimedSlabs => _arena.GetStatistics().ClaimedBytes / SlabBytes;

    public void Dispose() => _arena?.Dispose();

    [Fact]
    public void Allocate_OneBlockOfEachFullSlabFreed_TakesTheBlockThatWasFreedLastFirst()
    {
        var freed = FreeFirstOfEachSlab(Fill());
        foreach (var block in freed.Reverse())
        {
            _heap.Allocate(BlockBytes).Offset.Should().Be(block.Offset);
        }

        ClaimedSlabs.Should().Be(SlabCount);
    }

    [Fact]
    public void Allocate_MoreFormerPartsThanTheHeapRemembers_TakesEachFreedBlock()
    {
        // A slab of blocks of 16 bytes has 4 parts. The heap remembers 1,024 former parts.
        const int byteCount = 16, partCount = 2_000;
        var freed = FreeFirstOfEachSlab(Fill(partCount * BlocksPerSlab, byteCount));
        var claimed = _arena.GetStatistics().ClaimedBytes;
        var taken = Fill(partCount, byteCount);
        taken.Select(block => block.Offset).Should().BeEquivalentTo(freed.Select(block => block.Offset));
        _arena.GetStatistics().ClaimedBytes.Should().Be(claimed);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Allocate_BlocksReplacedAtRandom_ClaimsNoFurtherSlab(int byteCount)
    {
        var blocks = Fill((int)(CapacityBytes / 2 / byteCount), byteCount);
        var necessary = _arena.GetStatistics().ClaimedBytes;
        Replace(_heap, blocks, 20 * blocks.Length, byteCount);
        _arena.GetStatistics().ClaimedBytes.Should().Be(necessary);
    }

    [Fact]
    public void Allocate_HeapReopenedForEachReplacement_ClaimsNoFurtherSlab()
    {
        var blocks = Fill();
        _heap.Dispose();
        for (var count = 0; count < 10 * blocks.Length; count++)
        {
            using var heap = _arena.OpenHeap();
            Replace(heap, blocks, 1);
        }

        ClaimedSlabs.Should().Be(SlabCount);
    }

    [Fact]
    public void Allocate_SlabsOfExitedProcess_CreatesNoSlab()
    {
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

    [Theory]
    [InlineData(10, 0.2, 2.0, false)]
    [InlineData(512, 0.1, 5 / 3.0, false)]
    [InlineData(512, 0.7, 4 / 3.0, false)]
    [InlineData(10, 0.2, 2.0, true)]
    [InlineData(512, 0.1, 5 / 3.0, true)]
    [InlineData(512, 0.7, 4 / 3.0, true)]
    public void Allocate_BlocksFreedAndTheRestReplacedAtRandom_EmptiesSlabs(
        int slabCount, double liveFraction, double slabsPerFullSlab, bool isFreedByAnotherHeap)
    {
        using var other = _arena.OpenHeap();
        var freeing = isFreedByAnotherHeap ? other : _heap;
        var blocks = Fill(slabCount * BlocksPerSlab);
        _random.Shuffle(blocks);
        var live = blocks[..(int)(blocks.Length * liveFraction)];
        foreach (var block in blocks[live.Length..])
        {
            freeing.Free(block);
        }

        Replace(_heap, live, 40 * live.Length, freeing: freeing);
        var slabsInUse = live.Select(block => block.Offset / SlabBytes).Distinct().Count();
        slabsInUse.Should().BeLessThanOrEqualTo((int)Math.Ceiling(live.Length / BlocksPerSlab * slabsPerFullSlab));
    }

    /// <summary>Slabs of blocks of 16 bytes have four parts.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(BlockBytes)]
    public void Allocate_AllBlocksFreedByAnotherHeap_ReleasesSlabsBeyondTheShareOfTheHeap(int byteCount)
    {
        var blocks = Fill((int)(CapacityBytes / 2 / byteCount), byteCount);
        using var other = _arena.OpenHeap();
        Array.ForEach(blocks, block => other.Free(block));
        var slabBlocks = (int)(SlabBytes / byteCount);
        Fill(4 * slabBlocks, byteCount);

        // Two heaps share an eighth of the arena, and each keeps one spare slab of a size. The new blocks fill four slabs.
        ClaimedSlabs.Should().BeLessThanOrEqualTo((CapacityBytes / 16 / SlabBytes) + 1 + 4);
    }

    [Fact]
    public void Allocate_SlabsReleasedAndUsedForBlocksOfAnotherSize_BlocksDoNotOverlap()
    {
        const int largerBytes = 2 * BlockBytes;
        var larger = Fill((int)(CapacityBytes / 2 / largerBytes), largerBytes);
        FreeFirstOfEachSlab(larger);
        foreach (var block in larger.Where((_, index) => index % BlocksPerSlab != 0))
        {
            _heap.Free(block);
        }

        // The heap keeps some of the empty slabs. The others become slabs of the smaller size, and half of their blocks stay free.
        var blocks = Fill((int)(CapacityBytes / 2 / BlockBytes));
        foreach (var block in blocks.Where((_, index) => index % 2 != 0))
        {
            _heap.Free(block);
        }

        ShmBlock[] live = [.. blocks.Where((_, index) => index % 2 == 0), .. Fill(SlabCount * BlocksPerSlab, largerBytes)];
        var ranges = live.OrderBy(block => block.Offset).Select(block => (block.Offset, End: block.Offset + block.ByteCount)).ToArray();
        ranges.Zip(ranges.Skip(1)).Should().OnlyContain(pair => pair.First.End <= pair.Second.Offset);
        live.Should().OnlyContain(block => _arena.SizeOf(block) == block.ByteCount);
    }

    [Fact]
    public unsafe void Allocate_SupplyLockIsHeld_TakesEachFreeBlockWithoutWaiting()
    {
        FreeFirstOfEachSlab(Fill());
        var header = MappedMemory.Of(_arena).Header;
        header->TryTakeSupplyLock(_arena.Member.Token).Should().BeTrue();
        Fill(SlabCount);
        header->ReleaseSupplyLock(_arena.Member.Token);
        ClaimedSlabs.Should().Be(SlabCount);
    }

    [Fact]
    public void Allocate_ArenaFull_TakesEachFreeBlock()
    {
        var blocks = Fill((int)(CapacityBytes / BlockBytes));
        _heap.TryAllocate(BlockBytes, out _).Should().BeFalse();
        Fill(FreeFirstOfEachSlab(blocks).Length);
        _heap.TryAllocate(BlockBytes, out _).Should().BeFalse("no block is free any more");
    }

    private void Replace(ShmHeap heap, ShmBlock[] blocks, int count, int byteCount = BlockBytes, ShmHeap? freeing = null)
    {
        for (; count > 0; count--)
        {
            var replaced = _random.Next(blocks.Length);
            (freeing ?? heap).Free(blocks[replaced]);
            blocks[replaced] = heap.Allocate(byteCount);
        }
    }

    private ShmBlock[] Fill(int blockCount = SlabCount * BlocksPerSlab, int byteCount = BlockBytes) =>
        [.. Enumerable.Range(0, blockCount).Select(_ => _heap.Allocate(byteCount))];

    private ShmBlock[] FreeFirstOfEachSlab(ShmBlock[] blocks)
    {
        var freed = blocks.Where((_, index) => index % BlocksPerSlab == 0).ToArray();
        foreach (var block in freed)
        {
            _heap.Free(block);
        }

        return freed;
    }
}
