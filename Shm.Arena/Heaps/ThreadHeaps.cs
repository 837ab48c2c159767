using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// The heaps that a thread uses without asking for one. When the thread has ended, the garbage collector finds this and
/// lets its heaps go.
/// </summary>
internal sealed class ThreadHeaps
{
    [ThreadStatic]
    private static ShmHeap? t_latest;

    [ThreadStatic]
    private static ThreadHeaps? t_all;

    private readonly Dictionary<ArenaCore, ShmHeap> _heaps = [];

    ~ThreadHeaps()
    {
        foreach (ShmHeap heap in _heaps.Values)
        {
            heap.Dispose();
        }
    }

    /// <summary>The calling thread's heap in an arena.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ShmHeap Of(ArenaCore core)
    {
        ShmHeap? heap = t_latest;
        return heap is not null && heap.Core == core ? heap : Find(core);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ShmHeap Find(ArenaCore core)
    {
        ThreadHeaps all = t_all ??= new ThreadHeaps();
        if (!all._heaps.TryGetValue(core, out ShmHeap? heap))
        {
            // Arenas that are disposed would otherwise stay as long as the thread.
            foreach (ArenaCore disposed in all._heaps.Keys.Where(known => known.IsDisposed).ToArray())
            {
                all._heaps.Remove(disposed);
            }

            heap = core.Heaps.Open();
            all._heaps.Add(core, heap);
        }

        return t_latest = heap;
    }
}
