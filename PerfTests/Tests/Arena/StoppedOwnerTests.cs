using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests seizures from an owner that is stopped, or was killed, between two steps of the protocol. The tests write the fields
/// that such an owner leaves.
/// </summary>
[Category("Arena")]
public sealed unsafe class StoppedOwnerTests : IDisposable
{
    private const long BlockBytes = 8192;

    private readonly ShmArena _arena = SparseArena.Create(4 << 20);
    private readonly ArenaMemory _memory;
    private readonly ShmHeap _owner;

    /// <summary>Fills the arena with blocks of one heap.</summary>
    public StoppedOwnerTests()
    {
        _memory = MappedMemory.Of(_arena);
        _owner = _arena.OpenHeap();
        Blocks = All(_owner);
    }

    private List<ShmBlock> Blocks { get; }

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void Allocate_OwnerStoppedInOneSlab_SeizesTheOthers()
    {
        // One block of each slab stays live, so that no slab is empty.
        var freed = Blocks.GroupBy(block => (nint)PartOf(block)).SelectMany(blocks => blocks.Skip(1)).ToList();
        freed.ForEach(block => _owner.Free(block));
        var part = PartOf(freed[0]);
        var inPart = freed.Count(block => PartOf(block) == part);
        Slot->EnteredPart = (ulong)part;
        using var other = _arena.OpenHeap();
        var taken = All(other);
        taken.Count.Should().Be(freed.Count - inPart);

        // The owner continues.
        Slot->EnteredPart = 0;
        taken.AddRange(All(other));
        taken.Select(block => block.Offset).Should().BeEquivalentTo(freed.Select(block => block.Offset));
    }

    /// <summary>A slab that could not be seized stays lost for its owner, which uses other slabs.</summary>
    [Fact]
    public void Allocate_OwnSlabMarkedAsSeized_OwnerSeizesItBack()
    {
        var part = PartOf(Blocks[0]);
        Blocks.ForEach(block => _owner.Free(block));
        Slot->EnteredPart = (ulong)part;
        using var other = _arena.OpenHeap();
        All(other).ForEach(block => other.Free(block));
        (part->Owner & HeapToken.SeizedBit).Should().NotBe(0);

        All(_owner).Select(block => block.Offset).Should().OnlyHaveUniqueItems().And.HaveCount(Blocks.Count);
    }

    /// <summary>
    /// A process frees a block of a full part, sets the flag and is killed. The owner reads the states for another reason, and
    /// then sleeps.
    /// </summary>
    [Fact]
    public void Allocate_FreeingProcessWasKilledBeforeItSetTheMapBit_HasTheBlock()
    {
        var part = PartOf(Blocks[0]);
        _memory.FreeParts.Clear(_memory.IndexOf(part));
        var state = SlabPart.StateOf(part, 0);
        state.TryFree(state.Read(), out _).Should().BeTrue();
        part->SetRemoteFreeFlag();
        Slot->SetHint(part->Class, part->Position);
        var next = _owner.Slabs.Refill(part->Class);
        (next == part).Should().BeTrue();

        using var other = _arena.OpenHeap();
        other.TryAllocate(BlockBytes, out _).Should().BeTrue();
    }

    private HeapSlot* Slot => _memory.Heap(HeapToken.HeapIndexOf(_owner.Slabs.Owner));

    private SlabPart* PartOf(ShmBlock block) => _memory.Find(block.Offset, out _, out _, out _);

    private static List<ShmBlock> All(ShmHeap heap)
    {
        var blocks = new List<ShmBlock>();
        while (heap.TryAllocate(BlockBytes, out var block))
        {
            blocks.Add(block);
        }

        return blocks;
    }
}
