using System.Numerics;
using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// A handle for hot paths: allocates from slabs that are this heap's alone, without an atomic instruction. Get one
/// with <see cref="ShmArena.OpenHeap"/>, use it from one thread at a time, and dispose it when done: the next one to
/// be opened goes on with its slabs. Blocks may be freed through any heap, by any thread of any process.
/// </summary>
public sealed unsafe class ShmHeap : IDisposable
{
    private readonly SlabPart* _parts;
    private readonly uint* _unitMap;
    private readonly uint* _pageMap;
    private readonly long _partCount;
    private readonly ulong _owner;
    private readonly uint _holder;
    private readonly uint _arenaId;

    // 0, and nothing, once the heap or the arena is disposed: every check then fails, and the fast path needs none of its own.
    private long _capacityBytes;
    private SlabPart** _current;

    internal ShmHeap(ArenaCore core, HeapLists lists)
    {
        Core = core;
        ArenaMemory memory = core.Memory;
        (Lists, _owner, _holder) = (lists, lists.Owner, core.Membership.Token);
        _current = lists.Current;
        _parts = memory.Parts;
        _unitMap = memory.UnitMap;
        _pageMap = memory.PageMap;
        _partCount = memory.Layout.PartCount;
        (_arenaId, _capacityBytes) = (core.Id, memory.Layout.CapacityBytes);
    }

    internal ArenaCore Core { get; }

    internal HeapLists Lists { get; }

    internal ulong Owner => _owner;

    /// <summary>Allocates a block of at least <paramref name="byteCount"/> bytes, whose content is whatever it was.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">There is no room; the message says how much is free and in what pieces.</exception>
    public ShmBlock Allocate(long byteCount)
    {
        // As TryAllocate does, but written where the caller has it: a handle just written is slow to copy.
        if ((ulong)byteCount - 1 < SizeClasses.MaxBlockBytes)
        {
            SlabPart* part = _current[SizeClasses.IndexOf(byteCount)];
            ulong free = part->LocalFree;
            if (free != 0)
            {
                return Take(part, free, byteCount);
            }
        }

        return AllocateSlowly(byteCount);
    }

    /// <summary>As <see cref="Allocate"/>, but no room is an answer and not an exception.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        if ((ulong)byteCount - 1 < SizeClasses.MaxBlockBytes)
        {
            SlabPart* part = _current[SizeClasses.IndexOf(byteCount)];
            ulong free = part->LocalFree;
            if (free != 0)
            {
                block = Take(part, free, byteCount);
                return true;
            }
        }

        return Core.TryAllocateSlowly(this, byteCount, 1, out block);
    }

    /// <summary>Allocates a block whose address in every process is a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="byteCount">At least 1.</param>
    /// <param name="alignment">A power of two, at most <see cref="ShmArena.MaxAlignment"/>.</param>
    /// <param name="block">The block; the default value if there is no room.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is none of these.</exception>
    public bool TryAllocateAligned(long byteCount, long alignment, out ShmBlock block) =>
        Core.TryAllocateSlowly(this, byteCount, alignment, out block);

    /// <summary>Gives a block back, whichever thread or process allocated it.</summary>
    /// <exception cref="ShmException">It is not a live block of this arena: freed twice, foreign, handed on, or made up.</exception>
    public void Free(in ShmBlock block)
    {
        // Once: what was checked must be what is used, wherever the handle lies.
        long offset = block.Offset;
        if (block.SegmentId == _arenaId && (ulong)offset < (ulong)_capacityBytes)
        {
            uint first = _unitMap[offset >> ArenaLayout.UnitShift];
            first = first != 0 ? first : _pageMap[offset >> ArenaLayout.PageShift];
            SlabPart* slab = _parts + first;
            if (first < (ulong)_partCount && slab->Owner == _owner)
            {
                // An own slab: nobody else takes its blocks. Somebody who frees the same block at the same moment writes
                // the same word, and the bit that he sets is not believed.
                ulong distance = (ulong)(offset - slab->Start);
                ulong number = Math.BigMul(distance, slab->Reciprocal, out _);
                if (number < ArenaLayout.MaxSlabParts * SlabPart.MaxBlocks && number * (ulong)slab->BlockBytes == distance
                    && (ulong)block.ByteCount - 1 < (ulong)slab->BlockBytes
                    && TryGiveBack(slab + (number >> 6), (int)number & (SlabPart.MaxBlocks - 1), block.Generation))
                {
                    return;
                }
            }
        }

        // Somebody else's, or nothing at all.
        Core.FreeElsewhere(block);
    }

    /// <summary>Lets the heap go; what it owns serves the next one that is opened. Its blocks stay.</summary>
    public void Dispose()
    {
        Core.Heaps.Return(this);
    }

    internal bool IsClosed => _capacityBytes == 0;

    /// <summary>Nothing can be taken or given back through it any more.</summary>
    internal void Close()
    {
        _capacityBytes = 0;
        _current = HeapLists.Nothing;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ShmBlock Take(SlabPart* part, ulong free, long byteCount)
    {
        int index = BitOperations.TrailingZeroCount(free);
        ref ulong word = ref part->Words[index];
        ulong taken = BlockWord.Take(word, _holder);

        // The holder first: a block that is in neither place when this process dies is found by its holder.
        Volatile.Write(ref word, taken);
        Volatile.Write(ref part->LocalFree, free & (free - 1));
        return new ShmBlock(_arenaId, BlockWord.GenerationOf(taken), part->Start + (index * part->BlockBytes), byteCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryGiveBack(SlabPart* part, int index, uint generation)
    {
        ref ulong word = ref part->Words[index];
        ulong held = word;
        if (!BlockWord.IsHeld(held, generation))
        {
            return false;
        }

        Volatile.Write(ref word, BlockWord.GiveBack(held));
        ulong before = part->LocalFree;
        ulong after = before | (1UL << index);
        Volatile.Write(ref part->LocalFree, after);
        if (before == 0 || after == part->AllBlocks)
        {
            // Of the part that blocks are taken from nothing needs to be told.
            int classIndex = part->Class;
            if (classIndex >= SizeClasses.Count || _current[classIndex] != part)
            {
                AfterFree(part);
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ShmBlock AllocateSlowly(long byteCount)
    {
        if (!Core.TryAllocateSlowly(this, byteCount, 1, out ShmBlock block))
        {
            Core.ThrowOutOfMemory(byteCount);
        }

        return block;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AfterFree(SlabPart* part)
    {
        SlabPart* slab = Lists.AfterFree(part);
        if (slab != null)
        {
            Core.Release(slab, Lists);
        }
    }
}
