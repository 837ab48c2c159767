using Shm.Core;

namespace Shm.Arena;

/// <summary>The heaps of this process in one arena: those in use, and those that wait for the next thread.</summary>
internal sealed unsafe class HeapPool(ArenaCore core) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<ShmHeap> _idle = new();
    private readonly List<ShmHeap> _all = [];
    private bool _disposed;

    internal ShmHeap Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ShmArena));
            if (!_idle.TryPop(out ShmHeap? heap))
            {
                heap = new ShmHeap(core, ClaimSlot());
                _all.Add(heap);
            }

            heap.Open();
            return heap;
        }
    }

    internal void Return(ShmHeap heap)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _idle.Push(heap);
            }
        }
    }

    /// <summary>Passes everything that waiting heaps own on to one that is in use.</summary>
    internal void AbsorbIdle(ShmHeap into)
    {
        lock (_gate)
        {
            foreach (ShmHeap idle in _idle)
            {
                idle.Lists.DropCurrent();
                HeapCursor cursor = default;
                for (SlabPart* slab; (slab = idle.Lists.TakeNext(ref cursor, onlyEmpty: false)) != null;)
                {
                    // Word that is left with the old heap is lost and found again by a look at every part.
                    Volatile.Write(ref slab->Owner, into.Owner);
                    into.Lists.Add(core.Memory.IndexOf(slab));
                }
            }
        }
    }

    /// <summary>Ends every heap: what threads still have of them answers that the arena is disposed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _idle.Clear();
            _all.ForEach(heap => heap.Close());
        }
    }

    /// <summary>A heap slot that is nobody's, or a dead process's.</summary>
    private int ClaimSlot()
    {
        ArenaMemory memory = core.Memory;
        core.EnterSupply();
        try
        {
            ref long everUsed = ref memory.Header->HeapsEverUsed;
            int count = (int)Math.Clamp(everUsed, 0, ArenaLayout.HeapCount);
            int index = 0;
            while (index < count && memory.Heap(index)->Owner is not 0 and var owner && core.Membership.IsAlive(owner))
            {
                index++;
            }

            if (index == ArenaLayout.HeapCount)
            {
                ShmException.Throw("open heap", core.Name, $"{ArenaLayout.HeapCount} heaps are open already",
                    "Dispose heaps, or let fewer threads allocate.");
            }

            HeapSlot* slot = memory.Heap(index);
            if (!core.Claims.TryClaim(slot, HeapSlot.ByteCount))
            {
                ShmException.ThrowOutOfMemory(core.Name, HeapSlot.ByteCount, "the file system has no page left for a heap");
            }

            everUsed = Math.Max(everUsed, index + 1);
            new Span<ulong>(slot->Freed, SizeClasses.Count).Clear();
            Volatile.Write(ref slot->Owner, core.Membership.Token);
            return index;
        }
        finally
        {
            core.ExitSupply();
        }
    }
}
