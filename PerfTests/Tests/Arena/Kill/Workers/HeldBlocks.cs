using PerfTests.Tests.Arena.Kill.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>The blocks that a worker holds: its list in the control memory, without gaps.</summary>
internal sealed unsafe class HeldBlocks(ControlMemory control, int index, ShmArena arena)
{
    internal int Count { get; private set; }

    internal long ByteCount { get; private set; }

    internal ListedBlock this[int place] => *control.Held(index, place);

    internal void Add(ShmBlock block, ulong stamp)
    {
        BlockPattern.Write(arena, block, stamp);
        List(block, stamp);
    }

    /// <summary>Lists a block whose pattern is there already.</summary>
    internal void List(ShmBlock block, ulong stamp)
    {
        ListedBlock* entry = control.Held(index, Count++);
        (entry->Block, entry->Stamp) = (block, stamp);
        Volatile.Write(ref entry->State, BlockListing.There);
        ByteCount += block.ByteCount;
    }

    internal ListedBlock Remove(int place)
    {
        ListedBlock removed = this[place];
        ListedBlock* last = control.Held(index, --Count);
        *control.Held(index, place) = *last;
        Volatile.Write(ref last->State, BlockListing.None);
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

    /// <exception cref="KillTestException">Its bytes are not what was written.</exception>
    internal void Free(int place, ShmHeap? heap = null)
    {
        ListedBlock freed = Remove(place);
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
