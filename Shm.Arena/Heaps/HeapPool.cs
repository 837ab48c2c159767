using System.Runtime.CompilerServices;
using Shm.Arena.Native;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// The heaps of this process in one arena. When a heap is disposed, or the thread that it was opened for has ended, its
/// slabs are idle until the next heap takes them over. Until then other heaps can seize them.
/// </summary>
internal sealed unsafe class HeapPool : IDisposable
{
    private readonly ArenaMemory _memory;
    private readonly Membership _membership;
    private readonly SharedSupply _supply;
    private readonly ArenaLifetime _lifetime;
    private readonly HeapServices _services;
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly Stack<HeapSlabs> _idle = new();
    private readonly HashSet<ShmHeap> _open = [];
    private readonly List<(Thread Thread, ShmHeap Heap)> _ofThreads = [];
    private bool _disposed;

    internal HeapPool(
        ArenaMemory memory, Membership membership, SharedSupply supply, ArenaLifetime lifetime, HeapServices services, string name)
    {
        (_memory, _membership, _supply, _lifetime, _services, _name) = (memory, membership, supply, lifetime, services, name);
    }

    internal bool IsDisposed => _lifetime.IsDisposed;

    /// <summary>
    /// Opens a heap. The heap takes over the slabs of an idle heap; if no heap is idle, it gets a heap slot of its own.
    /// </summary>
    /// <param name="thread">Thread whose end closes the heap; null if the user of the heap disposes it.</param>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    /// <exception cref="ShmException">All heap slots are in use.</exception>
    internal ShmHeap Open(Thread? thread = null) => Open(thread, isRequired: true)!;

    /// <summary>Opens a heap for a thread. Returns null if all heap slots are in use, or if there is no page for another.</summary>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    internal ShmHeap? TryOpen(Thread thread) => Open(thread, isRequired: false);

    private ShmHeap? Open(Thread? thread, bool isRequired)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ShmArena));
            CloseHeapsOfEndedThreads();
            if (!_idle.TryPop(out var slabs))
            {
                var index = TakeSlot(isRequired);
                if (index < 0)
                {
                    return null;
                }

                slabs = new HeapSlabs(_memory, _supply, index, HeapToken.Of(_membership.Token, index));
            }

            var heap = new ShmHeap(this, _services, slabs);
            _open.Add(heap);
            if (thread is not null)
            {
                _ofThreads.Add((thread, heap));
            }

            return heap;
        }
    }

    /// <summary>Returns the calling thread's heap, and opens one if the thread has none.</summary>
    /// <param name="byteCount">Size of the block to be allocated, in bytes.</param>
    /// <returns>Null if there is no page for the heap, so that the allocation fails.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    /// <exception cref="ShmException">All heap slots are in use.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal ShmHeap? TryGetHeapOfThread(long byteCount)
    {
        try
        {
            return ThreadHeaps.Of(this);
        }
        catch (ShmException failure) when (failure.IsOutOfMemory)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
            _memory.Header->CountFailure();
            return null;
        }
    }

    /// <summary>Frees a block through the calling thread's heap, if the thread has one.</summary>
    /// <exception cref="ShmException">The handle does not name a live block of this arena, or the block is offered.</exception>
    internal void Free(in ShmBlock block)
    {
        if (ThreadHeaps.Find(this) is { } heap)
        {
            heap.Free(block);
        }
        else
        {
            _services.RemoteFrees.Free(block);
        }
    }

    /// <summary>Closes a heap. Further calls do nothing.</summary>
    internal void Close(ShmHeap heap)
    {
        lock (_gate)
        {
            if (!_disposed && _open.Remove(heap))
            {
                heap.Close();
                _idle.Push(heap.Slabs);
            }
        }
    }

    /// <summary>Closes every heap. A thread that still uses a heap gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _idle.Clear();
            foreach (var heap in _open)
            {
                heap.Close();
            }

            _open.Clear();
            _ofThreads.Clear();
        }
    }

    private void CloseHeapsOfEndedThreads()
    {
        for (var index = _ofThreads.Count - 1; index >= 0; index--)
        {
            (var thread, var heap) = _ofThreads[index];
            if (!thread.IsAlive)
            {
                _ofThreads.RemoveAt(index);
                if (_open.Remove(heap))
                {
                    heap.Close();
                    _idle.Push(heap.Slabs);
                }
            }
        }
    }

    /// <summary>
    /// Takes the first heap slot that has no owner or whose owner has exited. Without such a slot, throws if one is required, and
    /// returns -1 otherwise.
    /// </summary>
    private int TakeSlot(bool isRequired)
    {
        _supply.Enter();
        try
        {
            var count = _memory.HeapsEverUsed;
            var index = 0;
            while (index < count && _memory.Heap(index)->Owner is not 0 and var owner
                && (owner == _membership.Token || _membership.IsAttached(owner)))
            {
                index++;
            }

            if (index == ArenaLayout.HeapCount)
            {
                if (!isRequired)
                {
                    return -1;
                }

                ShmException.Throw("open heap", _name, $"{ArenaLayout.HeapCount} heaps are open already",
                    "Dispose heaps, or let fewer threads allocate.");
            }

            if (!_memory.BackedHeaps.TryBack(index + 1))
            {
                if (!isRequired)
                {
                    return -1;
                }

                ShmException.ThrowOutOfMemory(_name, HeapSlot.ByteCount, "the file system is full and has no page for another heap",
                    "Free memory in the file system, or let fewer threads allocate: a thread takes over the heap of one that has ended.");
            }

            var slot = _memory.Heap(index);
            _memory.Header->HeapsEverUsed = Math.Max(_memory.Header->HeapsEverUsed, index + 1);
            KillPoint.Hit(CrashWindow.OpenHeapSlotCounted);
            slot->Take(_membership.Token, _memory.Parts, SharedBarrier.TryRegister());
            KillPoint.Hit(CrashWindow.OpenHeapSlotOwned);
            return index;
        }
        finally
        {
            _supply.Exit();
        }
    }
}
