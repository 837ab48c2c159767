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
    private readonly ulong _owner;
    private readonly BlockHandles _handles;

    // Nothing, once the heap or the arena is disposed: every check then fails, and the fast path needs none of its own.
    // Of the places there can be those that are known to have a page: that of a part never used may be one that a full
    // file system no longer has, and looking at it a SIGBUS.
    private nuint _placeCount;
    private SlabPart** _current;

    // The block allocated last, and its part, as long as that is the one that blocks are taken from: what comes back to
    // it changes no list.
    private ulong _lastExtent;
    private SlabPart* _lastPart;

    internal ShmHeap(ArenaCore core, HeapLists lists)
    {
        Core = core;
        (Lists, _owner) = (lists, lists.Owner);
        _handles = new BlockHandles(core.Id, core.Membership.Token);
        _current = lists.Current;
        _parts = core.Memory.Parts;
        _placeCount = core.Memory.PlaceCount;
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
            return TryAllocateNext(byteCount, out block);
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
        // Each once: what was checked must be what is used, wherever the handle lies.
        ulong extent = block.Extent;
        ulong held = _handles.WordOf(block);
        nuint place = BlockHandles.PlaceOf(extent);
        SlabPart* part;
        if (extent == _lastExtent)
        {
            // Most blocks that live shortly are freed before the next is allocated: its part is known without waiting
            // for what was just written to the handle.
            part = _lastPart;
        }
        else if (place < _placeCount)
        {
            part = SlabPart.At(_parts, place);
        }
        else
        {
            // A large one, one whose handle was made anew, one of a new slab, or nothing at all.
            FreeUnplaced(block);
            return;
        }

        ref ulong word = ref SlabPart.Word(part, place % SlabPart.MaxBlocks);
        if (word != held || !_handles.IsOwn(held))
        {
            // Another process's, or freed before.
            Core.FreeElsewhere(block);
            return;
        }

        // The word is the block's, and so is the handle: one of which a value was changed would have no place.
        if (part->Owner != _owner)
        {
            Core.FreeOfOther(part, ref word, held, block);
            return;
        }

        GiveBack(part, ref word, held, (int)place);
    }

    /// <summary>Lets the heap go; what it owns serves the next one that is opened. Its blocks stay.</summary>
    public void Dispose()
    {
        Core.Heaps.Return(this);
    }

    internal bool IsClosed => _current == HeapLists.Nothing;

    /// <summary>Nothing can be taken or given back through it any more.</summary>
    internal void Close()
    {
        _placeCount = 0;
        _current = HeapLists.Nothing;
        ForgetLast();
    }

    /// <summary>To be called before another part may become current.</summary>
    internal void ForgetLast()
    {
        // Whoever makes a handle of it up finds a word that nobody holds.
        _lastExtent = ulong.MaxValue;
        _lastPart = HeapLists.Nothing[0];
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
        KillPoint.Hit(CrashWindow.AllocateHolderWritten);
        ulong left = free & (free - 1);
        Volatile.Write(ref part->LocalFree, left);
        KillPoint.Hit(CrashWindow.AllocateBitCleared);
        ulong extent = BlockHandles.Extent(part->FirstExtent, index, byteCount);
        _lastExtent = extent;
        _lastPart = part;
        _handles.Write(out block, taken, offset, extent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ShmBlock AllocateSlowly(long byteCount)
    {
        if (!TryAllocateNext(byteCount, out ShmBlock block))
        {
            Core.ThrowOutOfMemory(byteCount);
        }

        return block;
    }

    /// <summary>From another part that the heap has, or else from wherever there is room.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAllocateNext(long byteCount, out ShmBlock block) =>
        !IsClosed && (ulong)(byteCount - 1) < (ulong)SizeClasses.MaxBlockBytes
            ? Core.TryTake(this, SizeClasses.IndexOf(byteCount), byteCount, out block)
            : Core.TryAllocateSlowly(this, byteCount, 1, out block);

    /// <summary>A block of an own slab: nobody else takes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GiveBack(SlabPart* part, ref ulong word, ulong held, int index)
    {
        // Somebody who frees the same block at the same moment writes the same word, and his notice has the owner look
        // at the words once more.
        Volatile.Write(ref word, BlockWord.GiveBack(held));
        KillPoint.Hit(CrashWindow.FreeHolderCleared);
        ulong bit = 1UL << index;
        ulong after = part->LocalFree | bit;
        Volatile.Write(ref part->LocalFree, after);
        KillPoint.Hit(CrashWindow.FreeBitSet);
        if ((after == bit || after == part->AllBlocks) && part != _lastPart)
        {
            AfterFree(part);
        }
    }

    /// <summary>A block whose handle has no place that this heap knows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FreeUnplaced(in ShmBlock handle)
    {
        // Once: what was checked must be what is used, wherever the handle lies.
        ShmBlock block = handle;
        nuint placeCount = IsClosed ? 0 : Core.Memory.PlaceCount;
        if (BlockHandles.PlaceOf(block.Extent) < placeCount)
        {
            _placeCount = placeCount;
            Free(block);
            return;
        }

        // An own block is listed at once whatever its handle looks like, or its slab would not be given up.
        ulong held = _handles.WordOf(block);
        SlabPart* part = Core.FindAny(block, out _, out int index, out ulong word);
        if (part != null && !IsClosed && word == held && _handles.IsOwn(held) && part->Owner == _owner)
        {
            GiveBack(part, ref SlabPart.Word(part, index), held, index);
            return;
        }

        Core.FreeElsewhere(block);
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
