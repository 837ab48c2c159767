using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// What a heap owns, by size class: the part that blocks are taken from, and the others. One thread at a time. What
/// shared memory says of a part is compared with what stands here before it is acted on.
/// </summary>
internal sealed unsafe partial class HeapLists
{
    /// <summary>All heaps together keep at most an eighth of the arena in slabs that nobody needs.</summary>
    private const int KeptShare = 8;

    private readonly ArenaMemory _memory;
    private readonly HeapSlot* _slot;
    private readonly ulong _owner;
    private readonly ArenaCore _core;
    private readonly PartList* _lists;

    /// <summary>Stands for "no part": nothing in it is ever free, so the fast path needs no check.</summary>
    private readonly SlabPart* _none;
    private long _keptPages;

    internal HeapLists(ArenaMemory memory, int heapIndex, ulong owner, ArenaCore core)
    {
        _core = core;
        (_memory, _owner) = (memory, owner);
        _slot = memory.Heap(heapIndex);
        _lists = (PartList*)NativeMemory.AllocZeroed(SizeClasses.Count, (nuint)sizeof(PartList));
        _none = (SlabPart*)NativeMemory.AllocZeroed(1, SlabPart.ByteCount);
        Current = Steps(_none);
    }

    /// <summary>By <see cref="SizeClasses.StepOf"/>, the part that blocks are taken from.</summary>
    internal SlabPart** Current { get; }

    /// <summary>What is current in a heap that is closed: nothing. It is never freed, since threads may still look.</summary>
    internal static SlabPart** Nothing { get; } = Steps((SlabPart*)NativeMemory.AllocZeroed(1, SlabPart.ByteCount));

    internal ulong Owner => _owner;

    /// <summary>A part of the class with a free block, made current; null if the heap has none.</summary>
    internal SlabPart* Refill(int classIndex)
    {
        SlabPart* current = CurrentOf(classIndex);
        if (current != _none)
        {
            SlabPart.Collect(current);
            if (current->LocalFree != 0)
            {
                return current;
            }
        }

        ref PartList list = ref _lists[classIndex];
        ref ulong freed = ref _slot->Freed[classIndex];
        if (Volatile.Read(ref freed) != 0)
        {
            for (ulong hints = Interlocked.Exchange(ref freed, 0); hints != 0; hints &= hints - 1)
            {
                CollectFrom(ref list, BitOperations.TrailingZeroCount(hints), 64, givesUp: true);
            }
        }

        // Among what came back may be blocks of the current part, which is in no need to be listed.
        SlabPart* refilled = current->LocalFree != 0 ? current : null;
        for (int position; refilled == null && (position = list.FirstAvailable()) >= 0;)
        {
            refilled = MakeCurrent(classIndex, position);
        }

        return refilled;
    }

    /// <summary>Takes over the parts of a slab that this heap owns from now on, whose free blocks are in their lists.</summary>
    internal void Add(long slab, int classIndex, int partCount)
    {
        ref PartList list = ref _lists[classIndex];
        for (int part = 0; part < partCount; part++)
        {
            SlabPart* added = _memory.Parts + slab + part;
            int position = list.Add((uint)(slab + part));
            added->Position = position;
            list.SetAvailable(position, added->LocalFree != 0);
        }
    }

    /// <summary>After a block came back: lists the part that was full, or tells that its slab should be given up.</summary>
    /// <returns>The slab's first part, which no list has any more; null if it stays.</returns>
    internal SlabPart* AfterFree(SlabPart* part)
    {
        // From shared memory: believed only where the heap's own list says the same.
        int classIndex = part->Class;
        int position = part->Position;
        if (classIndex >= SizeClasses.Count || part == CurrentOf(classIndex)
            || _lists[classIndex][position] != (uint)_memory.IndexOf(part))
        {
            return null;
        }

        ref PartList list = ref _lists[classIndex];
        list.SetAvailable(position, true);
        return part->LocalFree == part->AllBlocks && IsEmpty(part, out SlabPart* slab) && !TryKeep(ref list, slab) ? Remove(ref list, slab) : null;
    }

    /// <summary>Looks at every part that has notice, also where no word was left.</summary>
    internal void CollectAll()
    {
        for (int index = 0; index < SizeClasses.Count; index++)
        {
            CollectFrom(ref _lists[index], 0, 1, givesUp: false);
        }
    }

    /// <summary>Leaves no part current, so that every slab can be given up or passed on.</summary>
    internal void DropCurrent()
    {
        for (int index = 0; index < SizeClasses.Count; index++)
        {
            SlabPart* part = CurrentOf(index);
            SetCurrent(index, _none);
            if (part != _none && _lists[index][part->Position] == (uint)_memory.IndexOf(part))
            {
                _lists[index].SetAvailable(part->Position, part->LocalFree != 0);
            }
        }
    }

    /// <summary>
    /// Removes the next slab from the lists: one of which no block is out, or any. None may be current. A cursor of the
    /// default value begins, and null is the end.
    /// </summary>
    internal SlabPart* TakeNext(ref HeapCursor cursor, bool onlyEmpty)
    {
        for (; cursor.ClassIndex < SizeClasses.Count; cursor = new HeapCursor { ClassIndex = cursor.ClassIndex + 1 })
        {
            ref PartList list = ref _lists[cursor.ClassIndex];
            while (cursor.Position < list.Capacity)
            {
                uint part = list[cursor.Position++];
                SlabPart* slab = part == 0 ? null : FirstOf(_memory.Parts + part);
                if (slab != null && (!onlyEmpty || IsEmpty(slab, out _)))
                {
                    return Remove(ref list, slab);
                }
            }
        }

        return null;
    }

    /// <summary>Only when no thread can be looking any more: what it points to is not the arena's memory.</summary>
    ~HeapLists()
    {
        for (int index = 0; index < SizeClasses.Count; index++)
        {
            _lists[index].Free();
        }

        NativeMemory.Free(_lists);
        NativeMemory.Free(_none);
        NativeMemory.Free(Current);
    }

    private static SlabPart** Steps(SlabPart* none)
    {
        var steps = (SlabPart**)NativeMemory.Alloc(SizeClasses.StepCount, (nuint)sizeof(SlabPart*));
        new Span<nint>(steps, SizeClasses.StepCount).Fill((nint)none);
        return steps;
    }

    private SlabPart* CurrentOf(int classIndex) => Current[SizeClasses.FirstStepOf(classIndex)];

    private void SetCurrent(int classIndex, SlabPart* part)
    {
        int end = SizeClasses.FirstStepOf(classIndex + 1);
        for (int step = SizeClasses.FirstStepOf(classIndex); step < end; step++)
        {
            Current[step] = part;
        }
    }

    private void CollectFrom(ref PartList list, int first, int step, bool givesUp)
    {
        for (int position = first; position < list.Capacity; position += step)
        {
            if (list[position] is not 0 and var index)
            {
                SlabPart* part = _memory.Parts + index;
                SlabPart.Collect(part);
                if (part->LocalFree != 0 && !IsCurrent(part))
                {
                    list.SetAvailable(position, true);
                    if (givesUp && IsEmpty(part, out SlabPart* slab) && !TryKeep(ref list, slab))
                    {
                        _core.Release(Remove(ref list, slab), this);
                    }
                }
            }
        }
    }

    private SlabPart* MakeCurrent(int classIndex, int position)
    {
        ref PartList list = ref _lists[classIndex];
        list.SetAvailable(position, false);
        SlabPart* part = _memory.Parts + list[position];
        SlabPart* slab = FirstOf(part);
        if (slab == null)
        {
            // No part of ours any more, which only a corrupt arena can bring about.
            list.Remove(position);
            return null;
        }

        if (list.IsKept(slab->Position))
        {
            list.SetKept(slab->Position, false);
            _keptPages -= slab->PageCount;
        }

        SetCurrent(classIndex, part);
        return part->LocalFree != 0 ? part : null;
    }
}
