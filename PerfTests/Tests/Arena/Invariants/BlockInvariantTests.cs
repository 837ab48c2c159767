using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Invariants;

/// <summary>Tests the invariants of blocks, free bits and owners. Some tests write the state that a killed process leaves behind.</summary>
[Category("Arena")]
public sealed unsafe class BlockInvariantTests : IDisposable
{
    private const int BlockBytes = 4096, BlocksPerSlab = 16;

    private readonly ShmArena _arena = SparseArena.Create(1 << 20);
    private readonly ArenaMemory _memory;

    public BlockInvariantTests() => _memory = MappedMemory.Of(_arena);

    public void Dispose() => _arena.Dispose();

    [Fact]
    [Invariant("A block is live if and only if its state has a holder.")]
    public void BlockState_HolderRemovedAndWrittenAgain_BlockIsFreeAndLiveAgain()
    {
        var block = _arena.Allocate(100);
        ref var holder = ref *(uint*)StateOf(block);
        var member = holder;
        holder = 0;
        _arena.LiveBlocks().Should().BeEmpty();
        _arena.TryFindBlock(_arena.BaseAddress + (nint)block.Offset, out _).Should().BeFalse();
        FluentActions.Invoking(() => _arena.Free(block)).Should().Throw<ShmException>();
        holder = member;
        _arena.LiveBlocks().Should().ContainSingle();
        _arena.Free(block);
    }

    [Fact]
    [Invariant("Everything else is derived from the states.")]
    public void Recover_FreeBitsOverwritten_DerivesThemFromTheStates()
    {
        var peer = ShmArena.Attach(_arena.Name);
        ShmBlock[] blocks = [.. Enumerable.Range(0, BlocksPerSlab).Select(_ => peer.Allocate(BlockBytes))];
        for (var index = 0; index < BlocksPerSlab; index++)
        {
            if (index % 3 == 0)
            {
                peer.Free(blocks[index]);
            }
            else
            {
                peer.HandOver(blocks[index], _arena.Member);
            }
        }

        var part = PartOf(blocks[1]);
        var derived = part->FreeBits;
        part->FreeBits = 0x5555;
        peer.Dispose();
        _arena.Recover().AdoptedSlabCount.Should().Be(1);
        part->FreeBits.Should().Be(derived);
        ArenaInvariants.Violations(_memory).Should().BeEmpty();
    }

    [Fact]
    [Invariant("Only the owner of a slab makes its free blocks live, and only blocks whose free bit is set.")]
    public void Allocate_AnyHeap_TakesBlocksOfItsSlabsWithFreeBit()
    {
        using ShmHeap first = _arena.OpenHeap(), second = _arena.OpenHeap();
        var withheld = first.Allocate(BlockBytes);
        first.Free(withheld);
        PartOf(withheld)->FreeBits &= ~1UL;
        for (var count = 0; count < 4 * BlocksPerSlab; count++)
        {
            var heap = count % 3 == 0 ? second : first;
            var block = heap.Allocate(BlockBytes);
            block.Offset.Should().NotBe(withheld.Offset, "the block has no free bit");
            PartOf(block)->Owner.Should().Be(heap.Slabs.Owner);
        }
    }

    [Fact]
    [Invariant("A heap becomes the owner of another heap's slab only after it is certain that the other heap's thread has left the "
        + "slab's parts, or that its process has exited.")]
    public void Seize_ThreadOfOwnerIsWithinPart_LeavesTheSlabUntilTheThreadHasLeftOrExited()
    {
        var peer = ShmArena.Attach(_arena.Name);
        var owner = peer.OpenHeap();
        var block = owner.Allocate(BlockBytes);
        var part = PartOf(block);
        owner.Free(block);
        var mapped = MappedMemory.Of(peer).Parts + (part - _memory.Parts);
        owner.Slabs.Entered.Enter(mapped);
        using var heap = _arena.OpenHeap();
        heap.TryAllocate(_arena.CapacityBytes, out _).Should().BeFalse();
        part->Owner.Should().NotBe(heap.Slabs.Owner);
        owner.Slabs.Entered.Leave();
        heap.TryAllocate(_arena.CapacityBytes, out var whole).Should().BeTrue();
        heap.Free(whole);

        part = PartOf(owner.Allocate(BlockBytes));
        owner.Slabs.Entered.Enter(MappedMemory.Of(peer).Parts + (part - _memory.Parts));
        heap.TryAllocate(_arena.CapacityBytes, out _).Should().BeFalse();
        peer.Dispose();
        heap.TryAllocate(_arena.CapacityBytes, out _).Should().BeTrue("the process has exited");
    }

    [Fact]
    [Invariant("If a thread or process stops between the two writes, the free bit is out of date until recovery adopts the slab and "
        + "derives the bit again.")]
    public void Recover_ProcessExitedBetweenStateAndFreeBit_UpdatesTheBit()
    {
        var peer = ShmArena.Attach(_arena.Name);
        (var freed, var taken) = (peer.Allocate(BlockBytes), peer.Allocate(BlockBytes));
        peer.HandOver(taken, _arena.Member);
        var part = PartOf(freed);
        LoseFreeBit(freed);
        LoseClearedBit(taken);
        (part->FreeBits & 3).Should().Be(2, "both bits are out of date");
        peer.Dispose();
        _arena.Recover();
        (part->FreeBits & 3).Should().Be(1);
    }

    [Fact]
    [Invariant("Even so, no block is handed out twice.")]
    public void Allocate_FreeBitsOfAnExitedProcessOutOfDate_HandsOutNoBlockTwice()
    {
        var peer = ShmArena.Attach(_arena.Name);
        (var freed, var taken) = (peer.Allocate(BlockBytes), peer.Allocate(BlockBytes));
        peer.HandOver(taken, _arena.Member);
        LoseFreeBit(freed);
        LoseClearedBit(taken);
        peer.Dispose();
        var offsets = new List<long> { taken.Offset };
        while (_arena.TryAllocate(BlockBytes, out var block))
        {
            offsets.Add(block.Offset);
        }

        offsets.Should().OnlyHaveUniqueItems().And.HaveCount((int)(_arena.CapacityBytes / BlockBytes));
    }

    [Fact]
    [Invariant("A free block has its free bit set, or its part has the remote-free flag set, or a thread is about to set one of the two.")]
    [Invariant("The part's bit in the free-part map is set as well, or a thread is about to set it.")]
    public void Free_ByAnyHeap_BlockIsFoundByBitOrFlag()
    {
        using var peer = ShmArena.Attach(_arena.Name);
        using ShmHeap own = _arena.OpenHeap(), other = peer.OpenHeap();
        ShmHeap[] heaps = [own, other];
        var random = new Random(17);
        var live = new List<ShmBlock>();
        for (var step = 0; step < 2_000; step++)
        {
            var heap = heaps[random.Next(2)];

            // Some slabs become full and are freed again.
            var isGrowing = step / 200 % 2 == 0;
            if (random.Next(5) < (isGrowing ? 4 : 1) && heap.TryAllocate(1 << random.Next(10, 13), out var block))
            {
                live.Add(block);
            }
            else if (live.Count > 0)
            {
                var index = random.Next(live.Count);
                heap.Free(live[index]);
                live.RemoveAt(index);
            }

            ArenaInvariants.Violations(_memory).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Invariant("If the bit is not set, the part's update threshold is 0, or a thread is about to set the bit.")]
    public void TryAllocate_PartsOfAnotherHeapAreFull_NextFreeOfEachIsFound(bool isMarkerExited)
    {
        // A search marks the full parts of other heaps if it has seen 64 of them.
        const int byteCount = 64, blocksPerPart = 64;
        using ShmHeap owner = _arena.OpenHeap(), other = _arena.OpenHeap();
        ShmBlock[] blocks = [.. Enumerable.Range(0, (int)_arena.CapacityBytes / byteCount).Select(_ => owner.Allocate(byteCount))];
        ShmBlock[] first = [.. blocks.Where((_, index) => index % blocksPerPart == 0)];
        Replace(blocks);
        other.TryAllocate(byteCount, out _).Should().BeFalse();
        ArenaInvariants.Violations(_memory).Should().BeEmpty();
        first.Select(block => (IsMapped(block), PartOf(block)->UpdateThreshold)).Should().AllBeEquivalentTo((false, SlabPart.EveryFree));
        if (isMarkerExited)
        {
            foreach (var block in first)
            {
                PartOf(block)->UpdateThreshold = SlabPart.NoFree;
            }

            _arena.Recover();
        }

        foreach (var block in first)
        {
            owner.Free(block);
            other.TryAllocate(byteCount, out var taken).Should().BeTrue();
            taken.Offset.Should().Be(block.Offset);
            ArenaInvariants.Violations(_memory).Should().BeEmpty();
        }

        // Each part has had free blocks before, so its threshold is not that of a part that has just become full.
        void Replace(ShmBlock[] replaced)
        {
            for (var index = 0; index < replaced.Length; index += blocksPerPart)
            {
                owner.Free(replaced[index]);
                replaced[index] = owner.Allocate(byteCount);
                first[index / blocksPerPart] = replaced[index];
            }
        }
    }

    private bool IsMapped(ShmBlock block)
    {
        var index = _memory.IndexOf(PartOf(block));
        return _memory.FreeParts.Next(index, index + 1) == index;
    }

    private SlabPart* PartOf(ShmBlock block) => _memory.Find(block.Offset, out _, out _, out _);

    private ulong* StateOf(ShmBlock block)
    {
        var part = _memory.Find(block.Offset, out _, out var index, out _);
        return &part->BlockStates[index];
    }

    /// <summary>Leaves behind what a process does that exits after it has freed a block and before it sets the free bit.</summary>
    private void LoseFreeBit(ShmBlock block) => *(uint*)StateOf(block) = 0;

    /// <summary>Leaves behind what a process does that exits after it has taken a block and before it clears the free bit.</summary>
    private void LoseClearedBit(ShmBlock block)
    {
        var part = _memory.Find(block.Offset, out _, out var index, out _);
        part->FreeBits |= 1UL << index;
    }
}
