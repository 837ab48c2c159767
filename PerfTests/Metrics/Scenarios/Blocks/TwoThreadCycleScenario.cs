using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Allocates and frees small blocks on two threads at once. Each thread has a heap of its own.</summary>
public class TwoThreadCycleScenario : HeapScenario
{
    private const int CyclesPerInvoke = 32_768;

    private ShmHeap? _otherHeap;
    private SecondThread? _thread;

    /// <summary>Resources of one layout copy.</summary>
    internal static RowNeeds NeedsOfTwoThreads { get; } = Needs with { Cores = 2 };

    /// <summary>Wakes the second thread.</summary>
    [IterationSetup]
    public void Before() => _thread!.Wake();

    /// <summary>Starts both threads, and waits until both have finished. An operation is one cycle of each thread.</summary>
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long AllocateAndFree()
    {
        _thread!.Start();
        var sum = Cycle(Heap);
        _thread.Finish();
        return sum;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _otherHeap = Arena.OpenHeap();
        _thread = new SecondThread(() => Cycle(_otherHeap));
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _thread?.Dispose();
        _otherHeap?.Dispose();
    }

    private static long Cycle(ShmHeap heap)
    {
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            var block = heap.Allocate(SmallBytes);
            sum += block.Offset;
            heap.Free(block);
        }

        return sum;
    }
}
