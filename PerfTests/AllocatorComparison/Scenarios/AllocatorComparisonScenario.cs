using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Benchmark of one workload with one allocator. All parameters are numbers, because they are sent to another process. With two
/// threads the measured time ends when both threads have finished.
/// </summary>
public class AllocatorComparisonScenario : IDisposable
{
    /// <summary>Number of operations in a sample, divided by the number of operations in the untimed warm-up before the sample.</summary>
    private const int WarmUpShare = 8;

    private const int Attempts = 3;

    /// <summary>
    /// Shortest duration of a sample. Starting and joining two threads takes 0.2 µs, a thousandth of this duration.
    /// </summary>
    private static readonly TimeSpan s_shortestSample = TimeSpan.FromMilliseconds(0.2);

    /// <summary>
    /// Shortest duration of a sample of many live blocks. In a shorter sample, much of the time would go into refilling the
    /// caches after the samples of other allocators.
    /// </summary>
    private static readonly TimeSpan s_shortestChurn = TimeSpan.FromMilliseconds(2);

    private AllocatorUnderTest _allocator = null!;
    private WorkloadTask _task = null!;
    private Worker? _worker;
    private ISecondWorker? _second;
    private long _sampleUnits = 1;
    private bool _hasFailed = true;

    /// <summary>
    /// Number of the allocator: <see cref="AllocatorUnderTest.Arena"/>, <see cref="AllocatorUnderTest.ArenaOfTwoProcesses"/>, or an
    /// index into <see cref="NativeAllocator.All"/>.
    /// </summary>
    [Params(AllocatorUnderTest.ArenaOfTwoProcesses, AllocatorUnderTest.Arena, 0, 1, 2, 3, 4)]
    public int Allocator { get; set; }

    /// <summary>1 for the loop in C, 0 for the loop in managed code.</summary>
    [Params(0, 1)]
    public int IsNativeLoop { get; set; }

    /// <summary>Size of each block, or of the largest, in bytes.</summary>
    [Params(8, 64, 1_000, 4_096, 65_536, 131_072, 1_048_576, 2_097_152)]
    public int BlockBytes { get; set; }

    /// <summary>Number of live blocks of <see cref="Workload.RandomChurn"/>; 0 for other workloads.</summary>
    [Params(0, 1_000, 10_000, 100_000, 1_000_000)]
    public int LiveBlocks { get; set; }

    /// <summary>Numeric value of the <see cref="AllocatorComparison.Workload"/>.</summary>
    [Params(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    public int Workload { get; set; }

    /// <summary>
    /// Number of allocations in one sample, counted over all threads. The same number of blocks is freed in the sample. The
    /// number is known after <see cref="Setup"/>.
    /// </summary>
    public long OperationsPerInvoke => _sampleUnits * _task.OperationsPerUnit;

    private Workload Kind => (Workload)Workload;

    [GlobalSetup]
    public void Setup()
    {
        _task = new WorkloadTask(Kind, BlockBytes, LiveBlocks);
        _allocator = AllocatorUnderTest.Create(Allocator, IsNativeLoop == 1, AllocatorUnderTest.ArenaBytes(BlockBytes, LiveBlocks));
        _worker = OpenWorker(thread: 0);
        if (Allocator == AllocatorUnderTest.ArenaOfTwoProcesses)
        {
            _second = new SecondProcess(_allocator.ArenaName!, Kind, BlockBytes);
        }
        else if (_task.Threads == 2)
        {
            _second = new SecondThread(() =>
            {
                var worker = OpenWorker(thread: 1);
                return units => Share(worker, thread: 1, units);
            });
        }

        do
        {
            _sampleUnits *= 2;
        }
        while (!IsSampleLongEnough());
    }

    /// <summary>
    /// Warms up, then makes the second thread wait for the start of the sample. Some allocators return idle memory to the
    /// system after a while. Without the warm-up the sample would include the time to get that memory back.
    /// </summary>
    [IterationSetup]
    public void Before()
    {
        _second?.Wake();
        RunUnits(Math.Max(1, _sampleUnits / WarmUpShare));
        _second?.Wake();
    }

    [Benchmark]
    public long Run() => RunUnits(_sampleUnits);

    [GlobalCleanup]
    public void Dispose()
    {
        _second?.Dispose();
        if (!_hasFailed)
        {
            _task.End(_worker!);
        }

        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Opens a worker and keeps one block allocated, because a real program always has live blocks. Without a live block
    /// mimalloc returns a whole segment to the system with each block of 2 MiB, and takes 1,000 ns instead of 220.
    /// </summary>
    private Worker OpenWorker(int thread)
    {
        var worker = _allocator.Open();
        worker.Hold(Worker.HeldBytes);
        _task.Prepare(worker, thread);
        return worker;
    }

    /// <summary>
    /// True if each of several samples is long enough. A single sample may be long only because another program delayed it.
    /// </summary>
    private bool IsSampleLongEnough()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            Before();
            var start = Stopwatch.GetTimestamp();
            Run();
            if (Stopwatch.GetElapsedTime(start) < (LiveBlocks > 0 ? s_shortestChurn : s_shortestSample))
            {
                return false;
            }
        }

        return true;
    }

    private long RunUnits(long units)
    {
        _hasFailed = true;
        _second?.Go(units);
        Share(_worker!, thread: 0, units);
        _second?.Join();
        _hasFailed = false;
        return units;
    }

    private void Share(Worker worker, int thread, long units)
    {
        try
        {
            _task.Run(worker, thread, units);
        }
        catch
        {
            _allocator.Stop();
            _task.Stop();
            throw;
        }
    }
}
