using Shm.Arena;

namespace PerfTests.Tests.Arena;

/// <summary>Threads that use an arena and then sleep until the test wakes them, so that their heaps stay open.</summary>
internal sealed class SleepingThreads : IDisposable
{
    private readonly ManualResetEventSlim _wake = new();
    private readonly Thread[] _threads;
    private readonly Action<ShmArena> _use;
    private readonly ShmArena _arena;
    private Exception? _failure;

    /// <summary>Starts the threads, and returns when all of them sleep.</summary>
    /// <param name="arena">Arena that the threads use.</param>
    /// <param name="count">Number of threads.</param>
    /// <param name="use">Use of the arena by one thread; each thread repeats it after it is woken.</param>
    internal SleepingThreads(ShmArena arena, int count, Action<ShmArena> use)
    {
        (_arena, _use) = (arena, use);
        using var asleep = new CountdownEvent(count);
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() => Run(asleep)))];
        Array.ForEach(_threads, thread => thread.Start());
        asleep.Wait();
        ThrowFailure();
    }

    /// <summary>Wakes the threads, and waits until each has used the arena again.</summary>
    internal void Wake()
    {
        Dispose();
        ThrowFailure();
    }

    public void Dispose()
    {
        _wake.Set();
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Run(CountdownEvent asleep)
    {
        Use();
        asleep.Signal();
        _wake.Wait();
        Use();
    }

    private void Use()
    {
        try
        {
            _use(_arena);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    private void ThrowFailure()
    {
        if (_failure is not null)
        {
            throw new InvalidOperationException("A thread failed.", _failure);
        }
    }
}
