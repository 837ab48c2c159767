using Shm.Arena;

namespace PerfTests.Exploration.Checking;

/// <summary>
/// An arena, and a copy of its metadata as they were when it was created. Each run begins with this copy, which takes
/// microseconds. The creator stays attached and holds nothing.
/// </summary>
internal sealed unsafe class ArenaImage : IDisposable
{
    /// <summary>Number of heap slots that a run may use.</summary>
    private const int HeapCount = 16;

    private readonly ShmArena _creator;
    private readonly ArenaMemory _memory;
    private readonly byte[] _fixed;

    /// <param name="capacityBytes">Capacity of the arena.</param>
    /// <param name="slabLimit">See <see cref="Scenarios.Scenario.SlabLimit"/>.</param>
    internal ArenaImage(long capacityBytes, int slabLimit)
    {
        var file = ArenaFile.Create(new ShmArenaOptions { CapacityBytes = capacityBytes }, 0, 0);
        _creator = new ShmArena(file);
        _memory = file.Memory;
        HasSlabLimit = slabLimit > 0;
        if (HasSlabLimit)
        {
            var used = new BitRuns(_memory.UsedParts, _memory.Layout.PartCount);
            used.Mark(1 + slabLimit, _memory.Layout.PartCount - slabLimit - 1, inUse: true);
        }

        _fixed = FixedPart.ToArray();
    }

    internal string Name => _creator.Name;

    internal bool HasSlabLimit { get; }

    /// <summary>Number of pages in use, as the supply counts them.</summary>
    internal long PagesInUse => _memory.Header->PagesInUse;

    private Span<byte> FixedPart =>
        new(_memory.Header, (int)(_memory.Layout.Heaps + (HeapCount * HeapSlot.ByteCount)));

    /// <summary>Puts the metadata back as they were when the arena was created.</summary>
    internal void Restore()
    {
        var usedParts = _memory.PartsEverUsed + ArenaLayout.MaxSlabParts;
        _fixed.CopyTo(FixedPart);
        new Span<byte>(_memory.Parts, (int)(usedParts * SlabPart.ByteCount)).Clear();
    }

    /// <summary>Counts the free blocks of a size in the slabs of certain heaps.</summary>
    /// <param name="blockBytes">Size of the blocks.</param>
    /// <param name="isOwner">Returns true for the heaps that count, see <see cref="HeapToken"/>.</param>
    internal long CountFreeBlocks(long blockBytes, Func<ulong, bool> isOwner)
    {
        long count = 0;
        for (long index = 1; index < _memory.PartsEverUsed; index++)
        {
            var slab = _memory.Parts + index;
            for (var part = 0; slab->State == SlabState.Slab && slab->BlockBytes == blockBytes && part < slab->PartCount; part++)
            {
                count += isOwner(slab->Owner) ? ArenaMemory.CountBits(slab[part].FreeBlocks()) : 0;
            }
        }

        return count;
    }

    public void Dispose() => _creator.Dispose();
}
