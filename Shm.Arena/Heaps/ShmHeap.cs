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
    private const long NoOffset = -1;

    private readonly SlabPart* _parts;
    private readonly uint* _unitMap;
    private readonly uint* _pageMap;
    private readonly long _partCount;
    private readonly ulong _owner;
    private readonly BlockHandles _handles;

    // Nothing, once the heap or the arena is disposed: every check then fails, and the fast path needs none of its own.
    private long _capacityBytes;
    private SlabPart** _current;

    // The block allocated last, as long as its part is the one that blocks are taken from. Most blocks that live
    // shortly are freed before the next is allocated, and where they lie need not be found.
    private long _lastOffset;
    private SlabPart* _lastPart;
    private ulong* _lastWord;
    private ulong _lastBit;

    internal ShmHeap(ArenaCore core, HeapLists lists)
    {
        Core = core;
        ArenaMemory memory = core.Memory;
        (Lists, _owner) = (lists, lists.Owner);
        _handles = new BlockHandles(core.Id, core.Membership.Token);
        _current = lists.Current;
        _parts = memory.Parts;
        _unitMap = memory.UnitMap;
        _pageMap = memory.PageMap;
        _partCount = memory.Layout.PartCount;
        _capacityBytes = memory.Layout.CapacityBytes;
        ForgetLast();
    }

    internal ArenaCore Core { get; }

    internal HeapLists Lists { get; }

    internal ulong Owner => _owner;

    /// <summary>Allocates a block of at least <paramref name="byteCount"/> bytes, whose content is whatever it was.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">There is no room; the message says how much is free and in what pieces.</exception>
    public ShmBlock Allocate(long byteCount)
    {
        // A length that no class has finds a part in which nothing is ever free.
        SlabPart* part = _current[SizeClasses.StepOf(byteCount)];
        ulong free = part->LocalFree;
        if (free == 0)
        {
            return AllocateSlowly(byteCount);
        }

        Take(part, free, byteCount, out ShmBlock block);
        return block;
    }

    /// <summary>As <see cref="Allocate"/>, but no room is an answer and not an exception.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(long byteCount, out ShmBlock block)
    {
        SlabPart* part = _current[SizeClasses.StepOf(byteCount)];
        ulong free = part->LocalFree;
        if (free == 0)
        {
            return Core.TryAllocateSlowly(this, byteCount, 1, out block);
        }

        Take(part, free, byteCount, out block);
        return true;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(in ShmBlock block)
    {
        // Once: what was checked must be what is used, wherever the handle lies.
        long offset = block.Offset;
        ulong held = _handles.WordOf(block);
        ulong lastByte = (ulong)block.ByteCount - 1;
        bool isHere = _handles.IsOwn(held);
        if (isHere && offset == _lastOffset)
        {
            SlabPart* part = _lastPart;
            ref ulong word = ref *_lastWord;
            if (word == held && lastByte < (ulong)part->BlockBytes)
            {
                GiveBack(part, ref word, held, _lastBit);
                return;
            }
        }
        else if (isHere && (ulong)offset < (ulong)_capacityBytes)
        {
            uint first = _unitMap[offset >> ArenaLayout.UnitShift];
            first = first != 0 ? first : _pageMap[offset >> ArenaLayout.PageShift];
            SlabPart* slab = _parts + first;
            if (first < (ulong)_partCount && slab->Owner == _owner && lastByte < (ulong)slab->BlockBytes)
            {
                // An own slab: nobody else takes its blocks. Somebody who frees the same block at the same moment writes
                // the same word, and his notice has the owner look at the words once more.
                ulong reciprocal = slab->Reciprocal;
                ulong product = (ulong)(offset - slab->Start) * reciprocal;
                if (BlockNumber.IsWhole(product, reciprocal))
                {
                    nuint number = BlockNumber.Of(product);
                    SlabPart* part = slab + (number / SlabPart.MaxBlocks);
                    nuint index = number % SlabPart.MaxBlocks;
                    ref ulong word = ref SlabPart.Word(part, index);
                    if (word == held)
                    {
                        ulong bit = 1UL << (int)index;
                        ulong after = GiveBack(part, ref word, held, bit);
                        if (after == bit || after == part->AllBlocks)
                        {
                            AfterFree(part);
                        }

                        return;
                    }
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
        ForgetLast();
    }

    /// <summary>To be called before another part may become current.</summary>
    internal void ForgetLast()
    {
        // The offset of no block; and whoever makes a handle of it up finds a word that nobody holds.
        _lastOffset = NoOffset;
        _lastPart = HeapLists.Nothing[0];
        _lastWord = &_lastPart->Words[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(SlabPart* part, ulong free, long byteCount, out ShmBlock block)
    {
        nuint index = (nuint)(uint)BitOperations.TrailingZeroCount(free);
        ref ulong word = ref SlabPart.Word(part, index);
        ulong taken = _handles.Take(word);
        long offset = part->Start + ((long)index * part->BlockBytes);

        // The holder first: a block that is in neither place when this process dies is found by its holder.
        Volatile.Write(ref word, taken);
        ulong left = free & (free - 1);
        Volatile.Write(ref part->LocalFree, left);
        _lastOffset = offset;
        _lastPart = part;
        _lastWord = (ulong*)Unsafe.AsPointer(ref word);
        _lastBit = free ^ left;
        _handles.Write(out block, taken, offset, byteCount);
    }

    /// <returns>The part's free blocks.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong GiveBack(SlabPart* part, ref ulong word, ulong held, ulong bit)
    {
        Volatile.Write(ref word, BlockWord.GiveBack(held));
        ulong after = part->LocalFree | bit;
        Volatile.Write(ref part->LocalFree, after);
        return after;
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
