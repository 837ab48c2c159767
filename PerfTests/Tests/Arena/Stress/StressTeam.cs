using Shm.Arena;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>Runs the threads of one process, which start at the same moment.</summary>
internal static class StressTeam
{
    /// <summary>Runs the threads to their end.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="board">Memory that the threads share beside the arena.</param>
    /// <param name="threadCount">Number of threads.</param>
    /// <param name="operations">Number of operations of each thread.</param>
    /// <param name="seed">Seed of all random choices.</param>
    /// <param name="whileAsleep">Checks that run while all threads sleep, unless a thread has failed.</param>
    /// <returns>Exceptions of threads that failed.</returns>
    internal static Exception[] Run(
        ShmArena arena, StressBoard board, int threadCount, int operations, int seed, Action? whileAsleep = null)
    {
        using var start = new Barrier(threadCount);
        using var working = new CountdownEvent(threadCount);
        using var wake = new ManualResetEventSlim();
        var failures = new Exception?[threadCount];
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(index => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                new StressWorkload(arena, board, index, seed).Run(operations, Sleep);
            }
            catch (Exception failure)
            {
                failures[index] = failure;
                working.Signal();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        working.Wait();
        try
        {
            if (Array.TrueForAll(failures, failure => failure is null))
            {
                whileAsleep?.Invoke();
            }
        }
        finally
        {
            wake.Set();
            Array.ForEach(threads, thread => thread.Join());
        }

        return [.. failures.OfType<Exception>()];

        void Sleep()
        {
            working.Signal();
            wake.Wait();
        }
    }
}
