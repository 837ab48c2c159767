using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// The slabs that a heap owns, by size class: the current parts, the available ones, and the full ones. One thread at a time
/// uses this object. Values from shared memory are compared with private memory before they are used.
/// </summary>
internal sealed unsafe class HeapSlabs
{
    /// <summary>Reciprocal of the fraction of the arena that all heaps together may keep in empty slabs: one eighth.</summary>
    private const int KeptShare = 8;

    private readonly ArenaMemory _memory;
    private readonly SharedSupply _supply;
    private readonly HeapSlot* _slot;
    private readonly CurrentParts _current = new();
    private readonly ClassParts* _classes;
    private long _keptPages;

    internal HeapSlabs(ArenaMemory memory, SharedSupply supply, int heapIndex, ulong owner)
    {
        (_memory, _supply, Owner) = (memory, supply, owner);
        _slot = memory.Heap(heapIndex);
        _classes = (ClassParts*)NativeMemory.AllocZeroed(SizeClasses.Count, (nuint)sizeof(ClassParts));
    }

    /// <summary>Table of the current parts, see <see cref="CurrentParts.Steps"/>.</summary>
    internal SlabPart** Current => _current.Steps;

    /// <summary>Token of the heap, see <see cref="HeapToken"/>.</summary>
    internal ulong Owner { get; }

    /// <summary>
    /// Finds a part of the class that has a free block, makes it the current part and returns it. Returns null if the heap has
    /// no such part.
    /// </summary>
    internal SlabPart* Refill(int classIndex)
    {
        var current = _current[classIndex];
        if (current != _current.None)
        {
            current->Collect();
            if (current->FreeBits != 0)
            {
                return current;
            }
        }

        ref var parts = ref _classes[classIndex];
        for (var hints = _slot->TakeHints(classIndex); hints != 0; hints &= hints - 1)
        {
            CollectFrom(ref parts, BitOperations.TrailingZeroCount(hints), 64, releases: true);
        }

        // The step above may have refilled the current part, which is never marked as available, so its free bits are tested here.
        var refilled = current->FreeBits != 0 ? current : null;
        for (int position; refilled == null && (position = parts.FirstAvailable()) >= 0;)
        {
            refilled = MakeCurrent(classIndex, position);
        }

        return refilled;
    }

    /// <summary>Adds the parts of a slab that this heap owns from now on. The free bits of the parts must be up to date.</summary>
    internal void Add(long slab, int classIndex, int partCount)
    {
        ref var parts = ref _classes[classIndex];
        for (var part = 0; part < partCount; part++)
        {
            var added = _memory.Parts + slab + part;
            var position = parts.Add((uint)(slab + part));
            added->Position = position;
            parts.SetAvailable(position, added->FreeBits != 0);
        }
    }

    /// <summary>Makes a part available after one of its blocks was freed, or removes its slab if the slab should be released.</summary>
    /// <returns>First part of the removed slab; null if the slab stays.</returns>
    internal SlabPart* AfterFree(SlabPart* part)
    {
        // The part's fields come from shared memory, so they must agree with the heap's own table.
        int classIndex = part->Class;
        var position = part->Position;
        if (classIndex >= SizeClasses.Count || part == _current[classIndex]
            || _classes[classIndex][position] != (uint)_memory.IndexOf(part))
        {
            return null;
        }

        ref var parts = ref _classes[classIndex];
        parts.SetAvailable(position, true);
        return part->FreeBits == part->AllBlocks && IsEmpty(part, out var slab) && !TryKeep(ref parts, slab)
            ? Remove(ref parts, slab)
            : null;
    }

    /// <summary>
    /// Collects the blocks that other threads freed, from every part with a remote-free flag, even if no hint is set for the
    /// part.
    /// </summary>
    internal void CollectAll()
    {
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            CollectFrom(ref _classes[index], 0, 1, releases: false);
        }
    }

    /// <summary>Leaves no part current, so that every slab can be released or passed on.</summary>
    internal void DropCurrent()
    {
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            var part = _current[index];
            _current[index] = _current.None;
            if (part != _current.None && _classes[index][part->Position] == (uint)_memory.IndexOf(part))
            {
                _classes[index].SetAvailable(part->Position, part->FreeBits != 0);
            }
        }
    }

    /// <summary>
    /// Removes and returns the next slab; returns null at the end. Call <see cref="DropCurrent"/> first: no part of the slab
    /// may be current.
    /// </summary>
    /// <param name="cursor">Position of the walk; begin with the default value.</param>
    /// <param name="onlyEmpty">True skips slabs with live blocks.</param>
    internal SlabPart* TakeNext(ref HeapCursor cursor, bool onlyEmpty)
    {
        for (; cursor.ClassIndex < SizeClasses.Count; cursor = new HeapCursor { ClassIndex = cursor.ClassIndex + 1 })
        {
            ref var parts = ref _classes[cursor.ClassIndex];
            while (cursor.Position < parts.Capacity)
            {
                var part = parts[cursor.Position++];
                var slab = part == 0 ? null : FirstPartOf(_memory.Parts + part);
                if (slab != null && (!onlyEmpty || IsEmpty(slab, out _)))
                {
                    return Remove(ref parts, slab);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Releases a slab that was removed from this heap. If a stopped process keeps the supply lock, the slab returns to this
    /// heap.
    /// </summary>
    internal void Release(SlabPart* slab)
    {
        if (!_supply.TryRelease(slab))
        {
            Add(_memory.IndexOf(slab), Math.Min(slab->Class, (ushort)(SizeClasses.Count - 1)), ArenaMemory.PartCountOf(slab));
        }
    }

    /// <summary>Frees the private memory, which no thread can use any more.</summary>
    ~HeapSlabs()
    {
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            _classes[index].Free();
        }

        NativeMemory.Free(_classes);
    }

    private void CollectFrom(ref ClassParts parts, int first, int step, bool releases)
    {
        for (var position = first; position < parts.Capacity; position += step)
        {
            if (parts[position] is not 0 and var index)
            {
                var part = _memory.Parts + index;
                part->Collect();
                if (part->FreeBits != 0 && !_current.Contains(part))
                {
                    parts.SetAvailable(position, true);
                    if (releases && IsEmpty(part, out var slab) && !TryKeep(ref parts, slab))
                    {
                        Release(Remove(ref parts, slab));
                    }
                }
            }
        }
    }

    private SlabPart* MakeCurrent(int classIndex, int position)
    {
        ref var parts = ref _classes[classIndex];
        parts.SetAvailable(position, false);
        var part = _memory.Parts + parts[position];
        var slab = FirstPartOf(part);
        if (slab == null)
        {
            // The part does not belong to this heap any more. This happens only in a corrupt arena.
            parts.Remove(position);
            return null;
        }

        if (parts.IsKept(slab->Position))
        {
            parts.SetKept(slab->Position, false);
            _keptPages -= slab->PageCount;
        }

        _current[classIndex] = part;
        return part->FreeBits != 0 ? part : null;
    }

    /// <summary>
    /// Keeps an empty slab for the next allocations. Returns false if this heap would exceed its share of the empty slabs that
    /// all heaps together may keep.
    /// </summary>
    private bool TryKeep(ref ClassParts parts, SlabPart* slab)
    {
        if (parts.IsKept(slab->Position))
        {
            return true;
        }

        long heaps = Math.Max(1, _memory.HeapsEverUsed);
        if ((_keptPages + slab->PageCount) * KeptShare * heaps > _memory.Layout.PageCount)
        {
            return false;
        }

        parts.SetKept(slab->Position, true);
        _keptPages += slab->PageCount;
        return true;
    }

    /// <summary>Returns true if the part's slab has no live block and no current part.</summary>
    private bool IsEmpty(SlabPart* part, out SlabPart* slab)
    {
        slab = FirstPartOf(part);
        if (slab == null)
        {
            return false;
        }

        var count = ArenaMemory.PartCountOf(slab);
        for (var index = 0; index < count; index++)
        {
            if (slab[index].FreeBits != slab[index].AllBlocks || _current.Contains(slab + index))
            {
                return false;
            }
        }

        return true;
    }

    private SlabPart* Remove(ref ClassParts parts, SlabPart* slab)
    {
        var count = ArenaMemory.PartCountOf(slab);
        for (var index = 0; index < count; index++)
        {
            var position = slab[index].Position;
            if (parts[position] != (uint)_memory.IndexOf(slab + index))
            {
                continue;
            }

            if (parts.IsKept(position))
            {
                _keptPages -= slab->PageCount;
            }

            parts.Remove(position);
        }

        return slab;
    }

    /// <summary>
    /// Returns the first part of the slab that a part belongs to; null if this heap does not own the slab or the parts' fields
    /// disagree.
    /// </summary>
    private SlabPart* FirstPartOf(SlabPart* part)
    {
        var slab = part - part->PartIndex;
        if (slab <= _memory.Parts)
        {
            return null;
        }

        int classIndex = slab->Class;
        var isConsistent = part->PartIndex < slab->PartCount && slab->PartCount <= ArenaLayout.MaxSlabParts
            && slab->State == SlabState.Slab && slab->Owner == Owner && classIndex == part->Class && classIndex < SizeClasses.Count;
        return isConsistent && _classes[classIndex][slab->Position] == (uint)_memory.IndexOf(slab) ? slab : null;
    }
}
