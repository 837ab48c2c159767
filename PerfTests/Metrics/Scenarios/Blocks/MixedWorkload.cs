using System.Diagnostics;
using HdrHistogram;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Workload of one thread: allocates and frees blocks of mixed sizes in random order, and times each operation. Sizes are log-uniform
/// from 64 B to 256 KiB. All passes run the same operations.
/// </summary>
/// <param name="heap">Heap of the thread.</param>
/// <param name="seed">Seed of the random order.</param>
internal sealed class MixedWorkload(ShmHeap heap, int seed)
{
    /// <summary>Number of operations in a pass.</summary>
    public const int OperationCount = 8_192;

    private const int MaxLiveBlocks = 512;
    private const double MinBytes = 64, MaxBytes = 256 << 10;
    private const long LongestNanoseconds = 10_000_000_000;
    private const int SignificantDigits = 3;

    private readonly (int Slot, long Bytes)[] _operations = Draw(new Random(seed));
    private readonly ShmBlock[] _blocks = new ShmBlock[MaxLiveBlocks];
    private readonly bool[] _isLive = new bool[MaxLiveBlocks];

    /// <summary>Durations of the allocations of a pass, in nanoseconds.</summary>
    public LongHistogram Allocations { get; } = new(LongestNanoseconds, SignificantDigits);

    /// <summary>Durations of the frees of a pass, in nanoseconds.</summary>
    public LongHistogram Frees { get; } = new(LongestNanoseconds, SignificantDigits);

    /// <summary>Forgets the durations of the last pass, and frees the blocks that it left.</summary>
    public void Reset()
    {
        Allocations.Reset();
        Frees.Reset();
        for (var slot = 0; slot < _blocks.Length; slot++)
        {
            if (_isLive[slot])
            {
                heap.Free(_blocks[slot]);
                _isLive[slot] = false;
            }
        }
    }

    /// <summary>Runs one pass.</summary>
    public long Run()
    {
        long sum = 0;
        foreach (var (slot, bytes) in _operations)
        {
            if (_isLive[slot])
            {
                var start = Stopwatch.GetTimestamp();
                heap.Free(_blocks[slot]);
                Frees.RecordValue(Stopwatch.GetTimestamp() - start);
                _isLive[slot] = false;
            }
            else
            {
                var start = Stopwatch.GetTimestamp();
                var isAllocated = heap.TryAllocate(bytes, out _blocks[slot]);
                Allocations.RecordValue(Stopwatch.GetTimestamp() - start);
                _isLive[slot] = isAllocated ? true : throw new InvalidOperationException($"The arena has no room for {bytes} B.");
                sum += _blocks[slot].Offset;
            }
        }

        return sum;
    }

    private static (int Slot, long Bytes)[] Draw(Random random)
    {
        var operations = new (int, long)[OperationCount];
        for (var i = 0; i < operations.Length; i++)
        {
            operations[i] = (random.Next(MaxLiveBlocks), (long)(MinBytes * Math.Pow(MaxBytes / MinBytes, random.NextDouble())));
        }

        return operations;
    }
}
