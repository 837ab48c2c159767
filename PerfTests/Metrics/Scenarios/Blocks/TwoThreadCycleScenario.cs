using System.Runtime.ExceptionServices;
using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Allocates and frees small blocks on two threads at once. Each thread has a heap of its own. Between samples the second thread
/// sleeps, so that it takes no processor time from other layout copies.
/// </summary>
public class TwoThreadCycleScenario : HeapScenario
{
    private const int CyclesPerInvoke = 32_768;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private ShmHeap? _other;
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isAwake, _isStarted, _isDone, _isEnding;

    /// <summary>Resources of one layout copy.</summary>
    internal static RowNeeds NeedsOfTwoThreads { get; } = Needs with { Cores = 2 };

    /// <summary>Wakes the second thread, which then polls for the start.</summary>
    [IterationSetup]
    public void Before()
    {
        _isAwake = _isStarted = _isDone = false;
        _wake.Set();
        Await(ref _isAwake);
    }

    /// <summary>Starts both threads, and waits until both have finished. An operation is one cycle of each thread.</summary>
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long AllocateAndFree()
    {
        Volatile.Write(ref _isStarted, true);
        var sum = Cycle(Heap);
        Await(ref _isDone);
        _failure?.Throw();
        return sum;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _other = Arena.OpenHeap();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _isEnding = true;
        _wake.Set();
        _thread?.Join();
        _other?.Dispose();
        _wake.Dispose();
    }

    private void Serve()
    {
        for (_wake.WaitOne(); !_isEnding; _wake.WaitOne())
        {
            Volatile.Write(ref _isAwake, true);
            Await(ref _isStarted);
            try
            {
                Cycle(_other!);
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            Volatile.Write(ref _isDone, true);
        }
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

    private static void Await(ref bool isReached)
    {
        while (!Volatile.Read(ref isReached))
        {
            Thread.SpinWait(1);
        }
    }
}
