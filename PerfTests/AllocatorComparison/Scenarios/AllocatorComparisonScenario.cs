using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Benchmark of one workload with one allocator. All parameters are numbers, because they are sent to another process. With two
/// threads the measured time ends when both threads have finished.
/// </summary>
public class AllocatorComparisonScenario : IDisposable
{
    private const int PairsPerUnit = Worker.MostBatchBlocks;
    private const int GroupsPerUnit = PairsPerUnit / Worker.HandOverBlocks;

    /// <summary>Number of operations in a sample, divided by the number of operations in the untimed warm-up before the sample.</summary>
    private const int WarmUpShare = 8;

    private const int HeldBytes = 64;
    private const int Attempts = 3;

    /// <summary>
    /// Shortest duration of a sample. Starting and joining two threads takes 0.2 us, a thousandth of this duration.
    /// </summary>
    private static readonly TimeSpan s_shortestSample = TimeSpan.FromMilliseconds(0.2);

    private int[] _orders = [];
    private AllocatorUnderTest _allocator = null!;
    private Worker _worker = null!;
    private SecondThread? _second;
    private long _sampleUnits = 1;
    private long _units;

    /// <summary>
    /// Number of the allocator: <see cref="AllocatorUnderTest.Arena"/>, or an index into <see cref="NativeAllocator.All"/>.
    /// </summary>
    [Params(AllocatorUnderTest.Arena, 0, 1, 2, 3, 4)]
    public int Allocator { get; set; }

    /// <summary>1 for the loop in C, 0 for the loop in managed code.</summary>
    [Params(0, 1)]
    public int IsNativeLoop { get; set; }

    /// <summary>Size of each block, in bytes.</summary>
    [Params(64, 4096, 65536, 131072, 2097152)]
    public int BlockBytes { get; set; }

    /// <summary>Numeric value of the <see cref="AllocatorComparison.Workload"/>.</summary>
    [Params(0, 1, 2, 3, 4)]
    public int Workload { get; set; }

    /// <summary>
    /// Number of allocations in one sample, counted over all threads. Each allocated block is also freed in the sample. The
    /// number is known after <see cref="Setup"/>.
    /// </summary>
    public long OperationsPerInvoke => _sampleUnits * PairsPerUnit
        * (Kind is AllocatorComparison.Workload.TwoThreadsPairs or AllocatorComparison.Workload.TwoThreadsBatches ? 2 : 1);

    private Workload Kind => (Workload)Workload;

    private int BatchBlocks => Kind == AllocatorComparison.Workload.RandomBatches ? Worker.MostBatchBlocks : Worker.HandOverBlocks;

    [GlobalSetup]
    public void Setup()
    {
        _orders = RandomOrders.Of(BatchBlocks);
        _allocator = AllocatorUnderTest.Create(Allocator, IsNativeLoop == 1);
        _worker = OpenWorker();
        if (Kind is not (AllocatorComparison.Workload.Pairs or AllocatorComparison.Workload.RandomBatches))
        {
            _second = new SecondThread(() =>
            {
                var worker = OpenWorker();
                return () => Share(worker, isSecond: true);
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
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Opens a worker and keeps one block allocated, because a real program always has live blocks. Without a live block
    /// mimalloc returns a whole segment to the system with each block of 2 MiB, and takes 1,000 ns instead of 220.
    /// </summary>
    private Worker OpenWorker()
    {
        var worker = _allocator.Open();
        worker.Hold(HeldBytes);
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
            if (Stopwatch.GetElapsedTime(start) < s_shortestSample)
            {
                return false;
            }
        }

        return true;
    }

    private long RunUnits(long units)
    {
        _units = units;
        _second?.Go();
        Share(_worker, isSecond: false);
        _second?.Join();
        return units;
    }

    private void Share(Worker worker, bool isSecond)
    {
        try
        {
            switch (Kind)
            {
                case AllocatorComparison.Workload.Pairs or AllocatorComparison.Workload.TwoThreadsPairs:
                    worker.Pairs(BlockBytes, _units * PairsPerUnit);
                    break;
                case AllocatorComparison.Workload.RandomBatches or AllocatorComparison.Workload.TwoThreadsBatches:
                    Batches(worker);
                    break;
                case AllocatorComparison.Workload.RemoteFrees when isSecond:
                    worker.Consume(_units * GroupsPerUnit);
                    break;
                default:
                    worker.Produce(BlockBytes, _units * GroupsPerUnit);
                    break;
            }
        }
        catch
        {
            _allocator.Stop();
            throw;
        }
    }

    private void Batches(Worker worker)
    {
        for (long unit = 0; unit < _units; unit++)
        {
            var first = (int)(unit * PairsPerUnit % _orders.Length);
            worker.Batches(BlockBytes, BatchBlocks, _orders.AsSpan(first, PairsPerUnit));
        }
    }
}
