using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests how a heap is notified of blocks that other threads freed.</summary>
[Category("Arena")]
public sealed unsafe class RemoteFreeTests : IDisposable
{
    private readonly ShmArena _arena = SparseArena.Create(16 << 20);

    public void Dispose() => _arena.Dispose();

    /// <summary>
    /// A thread may be delayed after it has freed a block and before it notifies the owner. Meanwhile the part may come to
    /// belong to another slab.
    /// </summary>
    [Fact]
    public void NotifyOwner_PartReusedMeanwhile_SetsHintOfTheNewOwner()
    {
        using var first = _arena.OpenHeap();
        var memory = MappedMemory.Of(_arena);
        var small = first.Allocate(16);
        var slab = PartOf(memory, small);
        slab->PartCount.Should().Be(4);
        first.Free(small);
        first.Free(first.Allocate(_arena.CapacityBytes));

        // The parts of that slab now belong to other slabs, of this heap and of another.
        first.Allocate(4096);
        using var second = _arena.OpenHeap();
        second.Allocate(1024);
        var last = second.Allocate(2048);
        var part = PartOf(memory, last);
        (part - slab).Should().Be(2);

        new RemoteFrees(memory, lookup: null!, supply: null!).AfterFree(part);
        part->HasRemoteFreeFlag.Should().BeTrue();
        var slot = memory.Heap(HeapToken.HeapIndexOf(second.Slabs.Owner));
        slot->Hints[part->Class].Should().Be(1UL << part->Position);
    }

    [Fact]
    public void Free_AllBlocksByAnotherProcess_SetsFlagAndOwnerCollectsAllBlocks()
    {
        using var heap = _arena.OpenHeap();
        var blocks = new List<ShmBlock>();
        while (blocks.Count < 64)
        {
            blocks.Add(heap.Allocate(4096));
        }

        var part = PartOf(MappedMemory.Of(_arena), blocks[0]);
        part->HasRemoteFreeFlag.Should().BeFalse();
        using var peer = ShmArena.Attach(_arena.Name);
        blocks.ForEach(block => peer.Free(block));
        part->HasRemoteFreeFlag.Should().BeTrue();
        part->Collect();
        (part->HasRemoteFreeFlag, part->FreeBits).Should().Be((false, part->AllBlocks));
    }

    /// <summary>
    /// The part has other free blocks when its blocks are freed remotely, so the owner need not look for them at that moment.
    /// </summary>
    [Fact]
    public void Free_PartHasOtherFreeBlocks_OwnerFindsTheFreedBlocksBeforeItCreatesASlab()
    {
        using var heap = _arena.OpenHeap();
        ShmBlock[] blocks = [.. Enumerable.Range(0, 64).Select(_ => heap.Allocate(4096))];
        var claimedBytes = _arena.GetStatistics().ClaimedBytes;
        heap.Free(blocks[0]);
        using var peer = ShmArena.Attach(_arena.Name);
        Array.ForEach(blocks[1..], block => peer.Free(block));
        Array.ForEach(blocks, _ => heap.Allocate(4096));
        _arena.GetStatistics().ClaimedBytes.Should().Be(claimedBytes);
    }

    [Fact]
    public void Allocate_AnotherPartIsAvailable_CollectsAHintedPartAtTheNextSearch()
    {
        // A new slab of blocks of 16 bytes has 4 parts of 64 blocks.
        using var heap = _arena.OpenHeap();
        var blocks = Allocate(heap, 128, byteCount: 16);
        using var peer = ShmArena.Attach(_arena.Name);
        peer.Free(blocks[0]);
        var memory = MappedMemory.Of(_arena);
        var hinted = PartOf(memory, blocks[0]);
        (PartOf(memory, heap.Allocate(16)) - hinted).Should().Be(2);
        hinted->HasRemoteFreeFlag.Should().BeTrue();
        Allocate(heap, 128, byteCount: 16).Should().ContainSingle(block => block.Offset == blocks[0].Offset);
        hinted->HasRemoteFreeFlag.Should().BeFalse();
    }

    [Fact]
    public void Allocate_SeveralPartsAreHinted_CollectsOneAtATimeInTurn()
    {
        using var heap = _arena.OpenHeap();
        var blocks = Allocate(heap, 192, byteCount: 64);
        using var peer = ShmArena.Attach(_arena.Name);
        (var first, var second, var third) = (blocks[0], blocks[64], blocks[128]);
        peer.Free(second);
        heap.Allocate(64).Offset.Should().Be(second.Offset);
        peer.Free(first);
        peer.Free(third);
        heap.Allocate(64).Offset.Should().Be(third.Offset);
        PartOf(MappedMemory.Of(_arena), first)->HasRemoteFreeFlag.Should().BeTrue();
        heap.Allocate(64).Offset.Should().Be(first.Offset);
    }

    private static ShmBlock[] Allocate(ShmHeap heap, int count, int byteCount) =>
        [.. Enumerable.Range(0, count).Select(_ => heap.Allocate(byteCount))];

    private static SlabPart* PartOf(ArenaMemory memory, ShmBlock block) => memory.Find(block.Offset, out _, out _, out _);
}
