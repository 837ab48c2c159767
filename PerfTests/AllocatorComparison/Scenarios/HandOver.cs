namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// A ring of groups of blocks between a thread that allocates and one that frees; the same as that of the native
/// loops. Each counter is written by one thread, on a cache line of its own.
/// </summary>
internal sealed class HandOver<TBlock>
    where TBlock : unmanaged
{
    private const int Slots = 16;

    private readonly TBlock[][] _blocks = [.. Enumerable.Range(0, Slots).Select(_ => GC.AllocateArray<TBlock>(Worker.HandOverBlocks, pinned: true))];
    private HandOverCounters _counters;

    /// <summary>The next group to fill, once the other thread has returned it.</summary>
    public Span<TBlock> AwaitFree()
    {
        while (_counters.Produced - Volatile.Read(ref _counters.Returned) >= Slots)
        {
            Pause();
        }

        return _blocks[_counters.Produced % Slots];
    }

    /// <summary>Hands the group that was filled over.</summary>
    public void Publish() => Volatile.Write(ref _counters.Produced, _counters.Produced + 1);

    /// <summary>The next group to empty, once the other thread has published it.</summary>
    public ReadOnlySpan<TBlock> AwaitFull()
    {
        while (Volatile.Read(ref _counters.Produced) <= _counters.Returned)
        {
            Pause();
        }

        return _blocks[_counters.Returned % Slots];
    }

    /// <summary>Returns the group that was emptied.</summary>
    public void Return() => Volatile.Write(ref _counters.Returned, _counters.Returned + 1);

    /// <summary>Ends both threads' waiting with an exception: one of them has failed.</summary>
    public void Stop() => Volatile.Write(ref _counters.IsStopped, true);

    private void Pause()
    {
        if (Volatile.Read(ref _counters.IsStopped))
        {
            throw new InvalidOperationException("The other thread has failed.");
        }

        Thread.SpinWait(1);
    }
}
