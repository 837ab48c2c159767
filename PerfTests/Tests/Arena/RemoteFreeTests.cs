using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>What a heap is told of blocks that others freed.</summary>
[Category("Arena")]
public sealed unsafe class RemoteFreeTests : IDisposable
{
    private readonly ShmArena _arena = SparseArena.Create(16 << 20);

    public void Dispose() => _arena.Dispose();

    /// <summary>Who frees a block may be held up until its slab is gone and the part is one of another slab.</summary>
    [Fact]
    public void NotifyOwner_PartReusedMeanwhile_SetsHintOfTheNewOwner()
    {
        using ShmHeap first = _arena.OpenHeap();
        ArenaMemory memory = first.Core.Memory;
        ShmBlock small = first.Allocate(16);
        SlabPart* slab = PartOf(memory, small);
        slab->PartCount.Should().Be(4);
        first.Free(small);
        first.Free(first.Allocate(_arena.CapacityBytes));

        // The parts of that slab are slabs of their own now, the first one's and another heap's.
        first.Allocate(4096);
        using ShmHeap second = _arena.OpenHeap();
        second.Allocate(1024);
        ShmBlock last = second.Allocate(2048);
        SlabPart* part = PartOf(memory, last);
        (part - slab).Should().Be(2);

        first.Core.GaveBack(slab, part);
        part->Notice.Should().Be(1);
        HeapSlot* told = memory.Heap(HeapToken.HeapIndexOf(second.Owner));
        told->Freed[part->Class].Should().Be(1UL << part->Position);
    }

    [Fact]
    public void Free_AllBlocksRemotely_SetsFlagOnceAndCollectFindsAll()
    {
        using ShmHeap heap = _arena.OpenHeap();
        var blocks = new List<ShmBlock>();
        while (blocks.Count < 64)
        {
            blocks.Add(heap.Allocate(4096));
        }

        SlabPart* part = PartOf(heap.Core.Memory, blocks[0]);
        part->Notice.Should().Be(0);
        using var peer = ShmArena.Attach(_arena.Name);
        blocks.ForEach(block => peer.Free(block));
        part->Notice.Should().Be(1);
        SlabPart.Collect(part);
        (part->Notice, part->LocalFree).Should().Be((0, part->AllBlocks));
    }

    private static SlabPart* PartOf(ArenaMemory memory, ShmBlock block) => memory.Find(block.Offset, out _, out _, out _);
}
