using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// The heaps of this process in one arena. What a heap owned serves the next one: when it is disposed, or when the
/// thread that it was opened for has ended.
/// </summary>
internal sealed unsafe class HeapPool(ArenaCore core) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<HeapLists> _idle = new();
    private readonly HashSet<ShmHeap> _open = [];
    private readonly List<(Thread Thread, ShmHeap Heap)> _ofThreads = [];
    private bool _disposed;

    /// <param name="thread">The thread whose end lets the heap go; null if its user disposes it.</param>
    internal ShmHeap Open(Thread? thread = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ShmArena));
            ReturnOfEndedThreads();
            if (!_idle.TryPop(out HeapLists? lists))
            {
                int index = ClaimSlot();
                lists = new HeapLists(core.Memory, index, HeapToken.Of(core.Membership.Token, index), core);
            }

            var heap = new ShmHeap(core, lists);
            _open.Add(heap);
            if (thread is not null)
            {
                _ofThreads.Add((thread, heap));
            }

            return heap;
        }
    }

    /// <summary>Lets a heap go, once.</summary>
    internal void Return(ShmHeap heap)
    {
        lock (_gate)
        {
            if (!_disposed && _open.Remove(heap))
            {
                heap.Close();
                _idle.Push(heap.Lists);
            }
        }
    }

    /// <summary>Passes everything that waiting heaps own on to one that is in use.</summary>
    internal void AbsorbIdle(ShmHeap into)
    {
        lock (_gate)
        {
            ReturnOfEndedThreads();
            bool isDone = false;
            foreach (HeapLists idle in _idle)
            {
                idle.DropCurrent();
                HeapCursor cursor = default;
                for (SlabPart* slab; (slab = idle.TakeNext(ref cursor, onlyEmpty: false)) != null;)
                {
                    int partCount = Math.Min(slab->PartCount, (byte)ArenaLayout.MaxSlabParts);
                    for (int part = 0; part < partCount; part++)
                    {
                        Interlocked.Exchange(ref slab[part].Owner, into.Owner);
                        KillPoint.Hit(CrashWindow.AbsorbOwnerChanged);
                    }

                    into.Lists.Add(core.Memory.IndexOf(slab), cursor.ClassIndex, partCount);
                    isDone = true;
                }
            }

            if (isDone)
            {
                // Word that is left with the old heap, or of a part's old position, is lost. Who gives notice after this
                // barrier sees owner and position; what was given before it is found now.
                Interlocked.MemoryBarrier();
                into.Lists.CollectAll();
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
            foreach (ShmHeap heap in _open)
            {
                heap.Close();
            }

            _open.Clear();
            _ofThreads.Clear();
        }
    }

    private void ReturnOfEndedThreads()
    {
        for (int index = _ofThreads.Count - 1; index >= 0; index--)
        {
            (Thread thread, ShmHeap heap) = _ofThreads[index];
            if (!thread.IsAlive)
            {
                _ofThreads.RemoveAt(index);
                if (_open.Remove(heap))
                {
                    heap.Close();
                    _idle.Push(heap.Lists);
                }
            }
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
            while (index < count && memory.Heap(index)->Owner is not 0 and var owner
                && (owner == core.Membership.Token || core.Membership.IsAlive(owner)))
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
            KillPoint.Hit(CrashWindow.OpenHeapSlotCounted);
            new Span<ulong>(slot->Freed, SizeClasses.Count).Clear();
            Volatile.Write(ref slot->Owner, core.Membership.Token);
            KillPoint.Hit(CrashWindow.OpenHeapSlotOwned);
            return index;
        }
        finally
        {
            core.ExitSupply();
        }
    }
}
