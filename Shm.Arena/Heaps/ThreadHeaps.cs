using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>The heaps that a thread uses without asking for one. When it has ended they serve others.</summary>
internal static class ThreadHeaps
{
    [ThreadStatic]
    private static ShmHeap? t_latest;

    [ThreadStatic]
    private static Dictionary<ArenaCore, ShmHeap>? t_all;

    /// <summary>The calling thread's heap in an arena.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ShmHeap Of(ArenaCore core)
    {
        ShmHeap? heap = t_latest;
        return heap is not null && heap.Core == core ? heap : Find(core) ?? Open(core);
    }

    /// <summary>The calling thread's heap in an arena, if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ShmHeap? Existing(ArenaCore core)
    {
        ShmHeap? heap = t_latest;
        return heap is not null && heap.Core == core ? heap : Find(core);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ShmHeap? Find(ArenaCore core) =>
        t_all is not null && t_all.TryGetValue(core, out ShmHeap? heap) ? t_latest = heap : null;

    private static ShmHeap Open(ArenaCore core)
    {
        t_all ??= [];

        // Arenas that are disposed would otherwise stay as long as the thread.
        foreach (ArenaCore disposed in t_all.Keys.Where(known => known.IsDisposed).ToArray())
        {
            t_all.Remove(disposed);
        }

        ShmHeap heap = core.Heaps.Open(Thread.CurrentThread);
        t_all.Add(core, heap);
        return t_latest = heap;
    }
}
