using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// The slabs that a heap owns, by size class: the current parts, the available ones, and the full ones. One thread at a time
/// uses this object.
/// </summary>
internal sealed unsafe class HeapSlabs
{
    private readonly ArenaMemory _memory;
    private readonly SharedSupply _supply;
    private readonly HeapSlot* _slot;
    private readonly HeapTables _tables;

    internal HeapSlabs(ArenaMemory memory, SharedSupply supply, int heapIndex, ulong owner)
    {
        (_memory, _supply) = (memory, supply);
        _slot = memory.Heap(heapIndex);
        _tables = new HeapTables(memory, _slot, owner);
    }

    /// <summary>The current parts.</summary>
    internal CurrentParts Current => _tables.Current;

    /// <inheritdoc cref="OwnedParts.Entered"/>
    internal EnteredPart Entered => _tables.Owned.Entered;

    /// <inheritdoc cref="HeapTables.Owner"/>
    internal ulong Owner => _tables.Owner;

    /// <summary>
    /// Finds a part of the class that has a free block, makes it the current part and returns it. Returns null if the heap has
    /// no such part.
    /// </summary>
    internal SlabPart* Refill(int classIndex)
    {
        _tables.DropSeized();
        var current = _tables.Current[classIndex];
        if (current != CurrentParts.Sentinel && !current->IsOwnedBy(Owner))
        {
            _tables.Current[classIndex] = CurrentParts.Sentinel;
        }
        else if (current != CurrentParts.Sentinel)
        {
            if (_tables.Owned.TryCollect(current) && current->FreeBits != 0)
            {
                if (current->UpdateThreshold == SlabPart.EveryFree)
                {
                    MakeAvailable(classIndex, current);
                }

                return current;
            }

            _tables.UseUp(classIndex, current);
        }

        ref var parts = ref _tables[classIndex];
        while (parts.TryNextHint(out var hint))
        {
            CollectFrom(classIndex, hint);
        }

        // New hints wait for the next search if another part has a free block. While a part waits, other threads free more of its blocks
        // without setting its flag again.
        parts.KeepHints(_slot->TakeHints(classIndex));
        SlabPart* available;
        while ((available = NextAvailable(classIndex)) == null && parts.TryNextHint(out var hint))
        {
            CollectFrom(classIndex, hint);
        }

        return available;
    }

    /// <summary>
    /// Adds the parts of a slab that this heap has created or taken over, or that could not be released. Their free bits must be up to
    /// date.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(long slab, int classIndex, int partCount)
    {
        // The heap may have lost the same parts earlier. Their former entries must go before the parts belong to it again.
        _tables.DropSeized();
        ref var parts = ref _tables[classIndex];
        for (var part = 0; part < partCount; part++)
        {
            var added = _memory.Parts + slab + part;
            var position = parts.Add((uint)(slab + part));
            if (_tables.Owned.TryPlace(added, position))
            {
                _memory.FreeParts.Set(slab + part);
                parts.SetAvailable(position, added->FreeBits != 0);
            }
            else
            {
                _tables.Remove(classIndex, position);
            }
        }
    }

    /// <summary>
    /// Adds the parts of a slab that this heap has created, makes the first part the current part, and returns it; null if the heap
    /// has lost it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabPart* UseCreated(long slab, int classIndex)
    {
        Add(slab, classIndex, ArenaMemory.PartCountOf(_memory.Parts + slab));
        return _tables.MakeCurrent(classIndex, _memory.Parts[slab].Position);
    }

    /// <summary>
    /// Makes a part available after one of its blocks was freed. If the slab is empty, keeps it, or removes it so that it can be released.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="mayBeCurrent">True if the part becomes current. Its slab stays then if it has one block only.</param>
    /// <returns>First part of the removed slab; null if the slab stays.</returns>
    internal SlabPart* AfterFree(SlabPart* part, bool mayBeCurrent)
    {
        var index = _memory.IndexOf(part);
        _memory.FreeParts.Set(index);

        // The part's fields come from shared memory, so they must agree with the heap's own table.
        (int classIndex, var position) = (part->Class, part->Position);
        if (classIndex >= SizeClasses.Count || _tables[classIndex][position] != (uint)index)
        {
            return null;
        }

        _tables.MakeAvailable(part, classIndex, position);
        return part->FreeBits == part->AllBlocks && !(mayBeCurrent && part->IsSingleBlock)
            && _tables.IsEmpty(part, out var slab) && !_tables.TryKeep(slab)
            ? _tables.Remove(slab)
            : null;
    }

    /// <summary>
    /// Releases all slabs of this heap that have no live block. Forgets the current and former parts.
    /// </summary>
    internal void ReleaseEmpty()
    {
        _tables.DropSeized();
        _tables.DropCurrent();
        var count = _memory.PartsEverUsed;
        for (var index = _memory.FreeParts.Next(1, count); index < count; index = _memory.FreeParts.Next(index + 1, count))
        {
            // The class is read once: the part may belong to another slab a moment later.
            var part = _memory.Parts + index;
            int classIndex = part->Class;
            if (!part->IsOwnedBy(Owner) || classIndex >= SizeClasses.Count || !_tables.Owned.TryCollect(part))
            {
                continue;
            }

            if (part->FreeBits == 0)
            {
                _tables.Owned.MarkFull(part);
            }
            else if (MakeAvailable(classIndex, part) && _tables.IsEmpty(part, out var slab))
            {
                Release(_tables.Remove(slab));
            }
        }
    }

    /// <inheritdoc cref="HeapTables.DropSeized"/>
    internal void DropSeized() => _tables.DropSeized();

    /// <summary>Collects the blocks that other threads freed from a slab that this heap has just got or got back.</summary>
    internal void CollectSlab(long slab, int classIndex, int partCount)
    {
        for (var part = _memory.Parts + slab; partCount > 0; part++, partCount--)
        {
            if (_tables.Owned.TryCollect(part) && part->FreeBits != 0)
            {
                MakeAvailable(classIndex, part);
            }
        }
    }

    /// <summary>
    /// Releases a slab that was removed from this heap, unless another heap has seized it. If the supply lock cannot be taken, the slab
    /// returns to this heap, which reads the flags of its parts.
    /// </summary>
    internal void Release(SlabPart* slab)
    {
        if (!_supply.TryRelease(slab, Owner))
        {
            // Add may give the parts new positions. A hint that was set before may name an old position, so the flags are read here.
            // They are read after the barrier, so a thread that sets a flag after this read sees the new position.
            (var index, int classIndex, var count) =
                (_memory.IndexOf(slab), Math.Min(slab->Class, (byte)(SizeClasses.Count - 1)), ArenaMemory.PartCountOf(slab));
            Add(index, classIndex, count);
            SlabPart.FenceOwnerChanges();
            CollectSlab(index, classIndex, count);
        }
    }

    /// <summary>Makes the next available part that has a free block the current part, and returns it; null if there is none.</summary>
    private SlabPart* NextAvailable(int classIndex)
    {
        for (int position; (position = _tables[classIndex].FirstAvailable()) >= 0;)
        {
            var part = _tables.MakeCurrent(classIndex, position);
            if (part != null && part->FreeBits != 0)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>Collects the blocks that other threads freed from the parts whose positions equal a number modulo 64.</summary>
    private void CollectFrom(int classIndex, int first)
    {
        for (var position = first; position < _tables[classIndex].Capacity; position += 64)
        {
            if (_tables.HeldSlabAt(classIndex, position, out var part) != null && _tables.Owned.TryCollect(part) && part->FreeBits != 0)
            {
                _tables.MakeAvailable(part, classIndex, position);
                if (_tables.IsEmpty(part, out var slab) && !_tables.TryKeep(slab))
                {
                    Release(_tables.Remove(slab));
                }
            }
        }
    }

    /// <summary>Makes a part available, if it is in the tables at the position that it names.</summary>
    private bool MakeAvailable(int classIndex, SlabPart* part)
    {
        ref var parts = ref _tables[classIndex];
        var position = part->Position;
        var isListed = parts[position] == (uint)_memory.IndexOf(part);
        if (isListed)
        {
            _tables.MakeAvailable(part, classIndex, position);
        }

        return isListed;
    }
}
