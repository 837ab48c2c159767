using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Heaps that an arena opens implicitly, one for each thread that allocates. When a thread has ended, other threads reuse its
/// heap.
/// </summary>
internal static class ThreadHeaps
{
    [ThreadStatic]
    private static ShmHeap? t_latest;

    [ThreadStatic]
    private static Dictionary<HeapPool, ShmHeap>? t_all;

    /// <summary>Heap that the calling thread used last, in any arena; null if it has used none.</summary>
    internal static ShmHeap? Latest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_latest;
    }

    /// <summary>Returns the calling thread's heap in an arena, and opens one if the thread has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ShmHeap Of(HeapPool pool)
    {
        var heap = t_latest;
        return heap is not null && heap.Pool == pool ? heap : Find(pool) ?? Open(pool);
    }

    /// <summary>
    /// Returns the calling thread's heap in an arena, and opens one if the thread has none. Returns null if no heap can be opened.
    /// </summary>
    internal static ShmHeap? TryOf(HeapPool pool) => Find(pool) ?? TryOpen(pool);

    /// <summary>Returns the calling thread's heap in an arena; null if the thread has none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ShmHeap? Find(HeapPool pool) =>
        t_all is not null && t_all.TryGetValue(pool, out var heap) ? t_latest = heap : null;

    private static ShmHeap Open(HeapPool pool) => Keep(pool, pool.Open(Thread.CurrentThread));

    private static ShmHeap? TryOpen(HeapPool pool) => pool.TryOpen(Thread.CurrentThread) is { } heap ? Keep(pool, heap) : null;

    private static ShmHeap Keep(HeapPool pool, ShmHeap heap)
    {
        t_all ??= [];

        // Without this removal, the table would keep disposed arenas in memory as long as the thread runs.
        foreach (var disposed in t_all.Keys.Where(known => known.IsDisposed).ToArray())
        {
            t_all.Remove(disposed);
        }

        t_all.Add(pool, heap);
        return t_latest = heap;
    }
}
