using Shm.Arena;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>Runs the threads of one process, which start at the same moment.</summary>
internal static class StressTeam
{
    /// <summary>Runs the threads to their end.</summary>
    /// <returns>Exceptions of threads that failed.</returns>
    internal static Exception[] Run(ShmArena arena, StressBoard board, int threadCount, int operations, int seed)
    {
        using var start = new Barrier(threadCount);
        var failures = new Exception?[threadCount];
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(index => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                new StressWorkload(arena, board, index, seed).Run(operations);
            }
            catch (Exception failure)
            {
                failures[index] = failure;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return [.. failures.OfType<Exception>()];
    }
}
