using PerfTests.KillTest.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.KillTest.Workers;

/// <summary>Blocks that a worker holds, as a list without gaps in the control memory.</summary>
internal sealed unsafe class HeldBlocks(ControlMemory control, int worker, ShmArena arena)
{
    internal int Count { get; private set; }

    internal long ByteCount { get; private set; }

    internal ListedBlock this[int index] => *control.Held(worker, index);

    /// <summary>Writes a block's pattern and lists the block.</summary>
    internal void Add(ShmBlock block, ulong stamp)
    {
        BlockPattern.Write(arena, block, stamp);
        List(block, stamp);
    }

    /// <summary>Lists a block that has its pattern already.</summary>
    internal void List(ShmBlock block, ulong stamp)
    {
        var entry = control.Held(worker, Count++);
        (entry->Block, entry->Stamp) = (block, stamp);
        Volatile.Write(ref entry->State, BlockListing.Present);
        ByteCount += block.ByteCount;
    }

    internal ListedBlock Remove(int index)
    {
        var removed = this[index];
        var last = control.Held(worker, --Count);
        *control.Held(worker, index) = *last;
        Volatile.Write(ref last->State, BlockListing.Empty);
        ByteCount -= removed.Block.ByteCount;
        return removed;
    }

    internal void FreeAll()
    {
        while (Count > 0)
        {
            Free(0);
        }
    }

    /// <exception cref="KillTestException">The block's bytes are not those that were written.</exception>
    internal void Free(int index, ShmHeap? heap = null)
    {
        var freed = Remove(index);
        BlockPattern.Check(arena, freed.Block, freed.Stamp);
        if (heap is null)
        {
            arena.Free(freed.Block);
        }
        else
        {
            heap.Free(freed.Block);
        }
    }
}
