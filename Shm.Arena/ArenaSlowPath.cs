using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// What an allocation does when its class's current slab is empty, once in up to 64 times: a listed slab, a new
/// one, or, when the pages are used up, one made from slabs of any class that hold no block any more.
/// </summary>
internal sealed unsafe class ArenaSlowPath(ArenaMemory memory, PageRuns pages)
{
    private readonly Lock _supplyLock = new();
    private readonly SlabLists _lists = new(memory);
    private SlabSupply _supply = new(memory, pages);

    /// <returns>The slab a block was taken from, and its index; null if there is no room.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal SlabNode* Take(int classIndex, out int index)
    {
        lock (_supplyLock)
        {
            ref ClassLine line = ref memory.Classes[classIndex];
            SlabNode* current = memory.Node(line.Current);
            // Another thread may have brought a new one while this one waited.
            while ((index = SlabNode.Take(current)) < 0)
            {
                SlabNode* next = _lists.Pop(classIndex);
                next = next != null ? next : _supply.CreateSlab(classIndex);
                if (next == null)
                {
                    ReleaseEmptySlabs();
                    current = memory.Node(line.Current);
                    next = _lists.Pop(classIndex);
                    next = next != null ? next : _supply.CreateSlab(classIndex);
                    if (next == null)
                    {
                        return null;
                    }
                }

                Volatile.Write(ref line.Current, memory.OffsetOf(next));
                if (memory.OffsetOf(current) != memory.NoSlab)
                {
                    _lists.Retire(current);
                }

                current = next;
            }

            return current;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal SlabNode* TakeLarge(long byteCount)
    {
        lock (_supplyLock)
        {
            SlabNode* slab = _supply.CreateLarge(byteCount);
            if (slab == null)
            {
                ReleaseEmptySlabs();
                slab = _supply.CreateLarge(byteCount);
            }

            return slab;
        }
    }

    /// <summary>Takes back a large block whose generation the caller has advanced.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void ReleaseLarge(SlabNode* slab)
    {
        lock (_supplyLock)
        {
            _supply.Release(slab);
        }
    }

    /// <summary>Bytes in live blocks, rounded up to their classes; a snapshot while others work on.</summary>
    internal long UsedBytes()
    {
        lock (_supplyLock)
        {
            long usedBytes = 0;
            for (long offset = memory.Header->FirstLive; offset != 0; offset = memory.Node(offset)->NextLive)
            {
                SlabNode* slab = memory.Node(offset);
                ulong live = slab->AllBits & ~Volatile.Read(ref slab->FreeBits);
                usedBytes += System.Numerics.BitOperations.PopCount(live) * slab->BlockBytes;
            }

            return usedBytes;
        }
    }

    private void ReleaseEmptySlabs()
    {
        for (int index = 0; index < SizeClasses.Count; index++)
        {
            ref ClassLine line = ref memory.Classes[index];
            // To be released a slab must be out of reach: not the current one and not on the stack.
            SlabNode* slab = memory.Node(line.Current);
            if (line.Current != memory.NoSlab)
            {
                Volatile.Write(ref line.Current, memory.NoSlab);
                slab->Next = 0;
            }
            else
            {
                slab = null;
            }

            while (_lists.Pop(index) is var popped && popped != null)
            {
                popped->Next = slab == null ? 0 : memory.OffsetOf(slab);
                slab = popped;
            }

            while (slab != null)
            {
                long next = slab->Next;
                if (SlabNode.TryTakeAll(slab))
                {
                    _supply.Release(slab);
                }
                else if (Volatile.Read(ref slab->FreeBits) == 0)
                {
                    // Listed, a full slab would be popped and found full again for ever.
                    _lists.Retire(slab);
                }
                else
                {
                    _lists.Push(slab);
                }

                slab = next == 0 ? null : memory.Node(next);
            }
        }
    }
}
