using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>
/// Workload of threads that free each other's blocks. In each round every thread allocates blocks of a few sizes, and frees a
/// few of its own blocks and more of the next thread's. Threads wait for each other within a round, so the workload needs no idle
/// processors.
/// </summary>
internal sealed class StressExchange(ShmArena arena, StressTally tally, int threadCount, int seed)
{
    private const int MaxPerRound = 400, MaxLive = 2_000, RoundsPerEmptying = 10;

    /// <summary>Reciprocal of the share of its own blocks that a thread frees in each round.</summary>
    private const int OwnShare = 16;

    private readonly List<ShmBlock>[] _blocks = [.. Enumerable.Range(0, threadCount).Select(_ => new List<ShmBlock>())];

    /// <summary>Runs the threads to their end. Their blocks stay live.</summary>
    internal void Run(int rounds)
    {
        using var barrier = new Barrier(threadCount);
        Task[] threads = [.. Enumerable.Range(0, threadCount).Select(
            index => Task.Factory.StartNew(() => Run(index, rounds, barrier), TaskCreationOptions.LongRunning))];
        Task.WaitAll(threads);
    }

    private void Run(int index, int rounds, Barrier barrier)
    {
        var random = new Random(unchecked((seed * 7919) + index));
        using var heap = arena.OpenHeap();
        for (var round = 0; round < rounds; round++)
        {
            for (var left = random.Next(MaxPerRound); left > 0 && _blocks[index].Count < MaxLive; left--)
            {
                var byteCount = tally.Sizes[random.Next(tally.Sizes.Length)];
                _blocks[index].Add(heap.Allocate(byteCount));
                tally.Add(index, byteCount);
            }

            // After these frees most slabs have free blocks when another thread frees the others.
            FreeSome(index, _blocks[index].Count / OwnShare, heap, random);
            barrier.SignalAndWait();
            var isEmptied = round % RoundsPerEmptying == RoundsPerEmptying - 1;
            FreeSome((index + 1) % threadCount, isEmptied ? MaxLive : random.Next(MaxPerRound), heap, random);
            barrier.SignalAndWait();
        }
    }

    /// <summary>Frees random blocks that a thread has allocated.</summary>
    private void FreeSome(int origin, int count, ShmHeap heap, Random random)
    {
        var blocks = _blocks[origin];
        for (; count > 0 && blocks.Count > 0; count--)
        {
            var chosen = random.Next(blocks.Count);
            (var block, blocks[chosen]) = (blocks[chosen], blocks[^1]);
            blocks.RemoveAt(blocks.Count - 1);
            heap.Free(block);
            tally.Remove(origin, block.ByteCount);
        }
    }
}
