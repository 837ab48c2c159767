using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Tables of the slab parts that a heap owns, in private memory: the current parts, and the parts of each class. One thread at a
/// time uses this object. Values from shared memory are compared with private memory before they are used.
/// </summary>
/// <remarks>
/// Another heap may seize any slab of this heap at any time, see <see cref="SlabSeizure"/>. An entry of a lost part stays in the
/// tables for a while, so each entry is checked before it is used.
/// </remarks>
internal sealed unsafe class HeapTables
{
    /// <summary>Reciprocal of the fraction of the arena that all heaps together may keep in empty slabs: one eighth.</summary>
    private const int KeptShare = 8;

    private readonly ArenaMemory _memory;
    private readonly HeapSlot* _slot;
    private readonly ClassParts* _classes;
    private long _keptPages;
    private uint _seizedCount;

    internal HeapTables(ArenaMemory memory, HeapSlot* slot, ulong owner)
    {
        (_memory, Owner) = (memory, owner);
        _slot = slot;
        Owned = new OwnedParts(memory, slot, owner);
        _classes = (ClassParts*)NativeMemory.AllocZeroed(SizeClasses.Count, (nuint)sizeof(ClassParts));
    }

    /// <summary>Token of the heap, see <see cref="HeapToken"/>.</summary>
    internal ulong Owner { get; }

    /// <summary>The current parts.</summary>
    internal CurrentParts Current { get; } = new();

    /// <summary>Writes to the parts that the heap owns.</summary>
    internal OwnedParts Owned { get; }

    /// <summary>The parts of a class.</summary>
    internal ref ClassParts this[int classIndex]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _classes[classIndex];
    }

    /// <summary>Makes the part at a position the current part of its class, and returns it; null if the heap has lost the part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabPart* MakeCurrent(int classIndex, int position)
    {
        var slab = HeldSlabAt(classIndex, position, out var part);
        if (slab == null)
        {
            return null;
        }

        Current[classIndex] = part;
        if (part->FreeBits == 0)
        {
            MakeUnavailable(slab, part, classIndex, position);
        }

        return part;
    }

    /// <summary>Forgets the current and former parts of all classes.</summary>
    internal void DropCurrent() => Current.Clear();

    /// <summary>
    /// If other heaps have seized slabs since the last call, leaves no part current, and removes the lost parts from the tables.
    /// Call this before the heap becomes the owner of a slab, whose parts it may have lost earlier.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void DropSeized()
    {
        var count = _slot->ReadSeizedCount();
        if (count != _seizedCount)
        {
            RemoveLost(count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RemoveLost(uint count)
    {
        _seizedCount = count;
        DropCurrent();
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            for (var position = 0; position < _classes[index].Capacity; position++)
            {
                _ = HeldSlabAt(index, position, out _);
            }
        }
    }

    /// <summary>
    /// Returns the first part of the slab whose part has a position in the tables, and that part. If the heap has lost the
    /// part, removes its entry and returns null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabPart* HeldSlabAt(int classIndex, int position, out SlabPart* part)
    {
        ref var parts = ref _classes[classIndex];
        var index = parts[position];
        part = _memory.Parts + index;
        if (index != 0 && part->Class == classIndex && part->Position == position && part->IsOwnedBy(Owner))
        {
            // Most slabs have one part, and the conditions above are then those of its slab.
            var slab = part->PartIndex == 0 && part->PartCount == 1 && part->State == SlabState.Slab ? part : FirstPartOf(part);
            if (slab != null)
            {
                return slab;
            }
        }

        Remove(classIndex, position);
        return null;
    }

    /// <summary>Removes the entry at a position.</summary>
    internal void Remove(int classIndex, int position) => _keptPages -= _classes[classIndex].Remove(position);

    /// <summary>Makes the part at a position available, unless the heap has lost the part.</summary>
    internal void MakeAvailable(SlabPart* part, int classIndex, int position)
    {
        if (Owned.TryRaiseThreshold(part, part->EmptyingFree))
        {
            _classes[classIndex].SetAvailable(position, true);
        }
    }

    /// <summary>Makes the current part of a class unavailable, which has no free block, if the heap still owns the part.</summary>
    internal void UseUp(int classIndex, SlabPart* part)
    {
        var position = part->Position;
        var slab = HeldSlabAt(classIndex, position, out var held);
        if (slab != null && held == part)
        {
            MakeUnavailable(slab, part, classIndex, position);
        }
    }

    /// <summary>
    /// Keeps an empty slab for the next allocations. Returns false if the heap would exceed its share of the empty slabs that
    /// all heaps together may keep.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryKeep(SlabPart* slab)
    {
        ref var parts = ref _classes[Math.Min(slab->Class, (byte)(SizeClasses.Count - 1))];
        (var position, var pages) = (slab->Position, slab->PageCount);
        if (parts[position] != (uint)_memory.IndexOf(slab))
        {
            // Another heap has seized the slab meanwhile.
            return false;
        }

        if (parts.KeptPages(position) != 0 || parts.TryKeepAsSpare(position))
        {
            Keep(slab);
            return true;
        }

        long heaps = Math.Max(1, _memory.HeapsEverUsed);
        if ((ulong)pages > (ulong)_memory.Layout.PageCount || (_keptPages + pages) * KeptShare * heaps > _memory.Layout.PageCount)
        {
            return false;
        }

        parts.Keep(position, (int)pages);
        _keptPages += pages;
        Keep(slab);
        return true;
    }

    /// <summary>Returns true if the part's slab has no live block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsEmpty(SlabPart* part, out SlabPart* slab)
    {
        slab = FirstPartOf(part);
        if (slab == null)
        {
            return false;
        }

        var count = ArenaMemory.PartCountOf(slab);
        for (var index = 0; index < count; index++)
        {
            if (slab[index].FreeBits != slab[index].AllBlocks)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Removes the parts of a slab from the tables, and returns the slab.</summary>
    internal SlabPart* Remove(SlabPart* slab)
    {
        ref var parts = ref _classes[Math.Min(slab->Class, (byte)(SizeClasses.Count - 1))];
        var count = ArenaMemory.PartCountOf(slab);
        for (var index = 0; index < count; index++)
        {
            var position = slab[index].Position;
            Current.Forget(slab + index);
            _keptPages -= parts[position] == (uint)_memory.IndexOf(slab + index) ? parts.Remove(position) : 0;
        }

        return slab;
    }

    /// <summary>Frees the private memory, which no thread can use any more. There is none if the constructor threw.</summary>
    ~HeapTables()
    {
        for (var index = 0; _classes != null && index < SizeClasses.Count; index++)
        {
            _classes[index].Free();
        }

        NativeMemory.Free(_classes);
    }

    /// <summary>Makes a part without a free block unavailable. Its slab is not kept any more.</summary>
    private void MakeUnavailable(SlabPart* slab, SlabPart* part, int classIndex, int position)
    {
        ref var parts = ref _classes[classIndex];
        if (parts.TryStopKeeping(slab->Position, out var pages))
        {
            _keptPages -= pages;
            var count = ArenaMemory.PartCountOf(slab);
            for (var index = 0; index < count; index++)
            {
                Owned.TryRaiseThreshold(slab + index, slab[index].EmptyingFree);
            }
        }

        if (Owned.TryLowerThreshold(part))
        {
            parts.SetAvailable(position, false);
        }
    }

    /// <summary>Lets the frees of a kept slab pass without an update.</summary>
    private void Keep(SlabPart* slab)
    {
        var count = ArenaMemory.PartCountOf(slab);
        for (var index = 0; index < count; index++)
        {
            Owned.TryRaiseThreshold(slab + index, SlabPart.NoFree);
        }
    }

    /// <summary>
    /// Returns the first part of the slab that a part belongs to; null if the heap does not own the slab or the parts' fields
    /// disagree.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
