namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Ring buffer that passes groups of blocks from the allocating thread to the freeing thread. The native loops use an equal
/// ring buffer, written in C. Each counter is written by one thread only and has its own cache line.
/// </summary>
internal sealed class HandOver<TBlock>
    where TBlock : unmanaged
{
    private const int Slots = 16;

    private readonly TBlock[][] _blocks =
        [.. Enumerable.Range(0, Slots).Select(_ => GC.AllocateArray<TBlock>(Worker.HandOverBlocks, pinned: true))];
    private HandOverCounters _counters;

    /// <summary>Waits until the ring has an empty group, and returns that group for the allocating thread to fill.</summary>
    public Span<TBlock> AwaitFree()
    {
        while (_counters.Produced - Volatile.Read(ref _counters.Returned) >= Slots)
        {
            Pause();
        }

        return _blocks[_counters.Produced % Slots];
    }

    /// <summary>Passes the filled group to the freeing thread.</summary>
    public void Publish() => Volatile.Write(ref _counters.Produced, _counters.Produced + 1);

    /// <summary>Waits until a filled group has been published, and returns that group for the freeing thread to empty.</summary>
    public ReadOnlySpan<TBlock> AwaitFull()
    {
        while (Volatile.Read(ref _counters.Produced) <= _counters.Returned)
        {
            Pause();
        }

        return _blocks[_counters.Returned % Slots];
    }

    /// <summary>Returns the emptied group to the allocating thread.</summary>
    public void Return() => Volatile.Write(ref _counters.Returned, _counters.Returned + 1);

    /// <summary>Makes both threads stop waiting and throw, because one of them has failed.</summary>
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
