using System.Diagnostics;
using System.Globalization;
using PerfTests.AllocatorComparison.Scaling;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.ChildProcesses;
using Shm.Arena;
using Shm.Core;

[assembly: ChildProcess<SupplyLockProcess>(SupplyLockProcess.Verb)]

namespace PerfTests.AllocatorComparison.Scaling;

/// <summary>
/// Process whose threads allocate and free blocks of 1 MiB, and that looks at regular intervals whether a thread holds the
/// supply lock.
/// </summary>
internal sealed class SupplyLockProcess : IChildProcess
{
    /// <summary>Verb of the test executable that starts this process.</summary>
    public const string Verb = "watch-supply-lock";

    /// <summary>Capacity with room for the batches of 32 threads, in bytes. Blocks are not written to.</summary>
    private const long CapacityBytes = 8L << 30;

    private const int BlockBytes = 1 << 20;

    /// <summary>Distance between the counts of two threads, in words: 128 bytes, so that no two threads share a cache line.</summary>
    private const int CountStride = 16;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Measures in a fresh process.</summary>
    /// <param name="threads">Number of threads that allocate.</param>
    /// <param name="duration">Time during which the lock is watched.</param>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static SupplyLockRow Measure(int threads, TimeSpan duration)
    {
        var start = TestExecutable.StartInfo(
            Verb,
            threads.ToString(CultureInfo.InvariantCulture),
            duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        var (exitCode, output, all) = ExternalProgram.Run(start.FileName, start.ArgumentList, TestExecutable.Folder);
        return exitCode == 0 && output.Split() is [var held, var rate, ..]
            ? new SupplyLockRow(threads, double.Parse(held, CultureInfo.InvariantCulture), double.Parse(rate, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The supply lock cannot be watched: {all}");
    }

    /// <inheritdoc/>
    public static int Run(string[] arguments)
    {
        var file = ArenaFile.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Reserve = false }, 0, 0);
        using var arena = new ShmArena(file);
        var counts = new long[int.Parse(arguments[0], CultureInfo.InvariantCulture) * CountStride];
        var isEnding = false;
        Thread[] threads = [.. Enumerable.Range(0, counts.Length / CountStride).Select(number => new Thread(() => Work(number)))];
        Array.ForEach(threads, thread => thread.Start());
        Thread.Sleep(s_warmUp);
        var (before, start) = (counts.Sum(), Stopwatch.GetTimestamp());
        var held = FractionHeld(file.Memory, TimeSpan.FromMilliseconds(double.Parse(arguments[1], CultureInfo.InvariantCulture)));
        var rate = (counts.Sum() - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Volatile.Write(ref isEnding, true);
        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine(FormattableString.Invariant($"{held} {rate}"));
        return 0;

        void Work(int number)
        {
            var worker = new ManagedWorker<ArenaHeap, ShmBlock>(
                new ArenaHeap(arena), new HandOver<ShmBlock>(), new BlockSlots<ShmBlock>());
            var orders = RandomOrders.Of(Worker.HandOverBlocks);
            while (!Volatile.Read(ref isEnding))
            {
                worker.Batches(BlockBytes, Worker.HandOverBlocks, orders);
                Volatile.Write(ref counts[number * CountStride], counts[number * CountStride] + orders.Length);
            }
        }
    }

    /// <summary>Returns the fraction of looks at which a thread held the supply lock.</summary>
    /// <remarks>
    /// Sleeps between two looks, because a thread that wakes up usually runs at once. A watcher that spins would take the
    /// processor from the threads.
    /// </remarks>
    private static unsafe double FractionHeld(ArenaMemory memory, TimeSpan duration)
    {
        var (looks, held) = (0, 0);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration; looks++)
        {
            held += memory.Header->ReadSupplyLockHolder() == 0 ? 0 : 1;
            Thread.Sleep(1);
        }

        return (double)held / looks;
    }
}
