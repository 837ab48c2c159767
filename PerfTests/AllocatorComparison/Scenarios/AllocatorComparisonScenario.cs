using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// One workload with one allocator. The parameters are numbers, so that a plan can be sent to another process. Where
/// two threads share the work the time is that until both are through.
/// </summary>
public class AllocatorComparisonScenario : IDisposable
{
    private const int PairsPerUnit = Worker.MostBatchBlocks;
    private const int GroupsPerUnit = PairsPerUnit / Worker.HandOverBlocks;

    /// <summary>Of what a chunk takes; what is done once more beforehand, untimed.</summary>
    private const int WarmUpShare = 8;

    private const int HeldBytes = 64;
    private const int Attempts = 3;

    /// <summary>The least that a chunk takes: long beside the 0.2 us that two threads take to start and end together.</summary>
    private static readonly TimeSpan s_leastChunk = TimeSpan.FromMilliseconds(0.2);

    private int[] _orders = [];
    private AllocatorUnderTest _allocator = null!;
    private Worker _worker = null!;
    private SecondThread? _second;
    private long _chunkUnits = 1;
    private long _units;

    /// <summary>The arena or a peer.</summary>
    [Params(AllocatorUnderTest.Arena, 0, 1, 2, 3, 4)]
    public int Allocator { get; set; }

    /// <summary>1: the loop is native.</summary>
    [Params(0, 1)]
    public int IsNativeLoop { get; set; }

    /// <summary>The size of each block.</summary>
    [Params(64, 4096, 65536, 131072, 2097152)]
    public int BlockBytes { get; set; }

    /// <summary>Which <see cref="Workload"/>.</summary>
    [Params(0, 1, 2, 3, 4)]
    public int Workload { get; set; }

    /// <summary>Pairs in a chunk, of both threads together; known after setup.</summary>
    public long OperationsPerInvoke => _chunkUnits * PairsPerUnit * (Kind is AllocatorComparison.Workload.TwoThreadsPairs or AllocatorComparison.Workload.TwoThreadsBatches ? 2 : 1);

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
            _chunkUnits *= 2;
        }
        while (!IsChunkLongEnough());
    }

    /// <summary>
    /// Does a part of the work once more: an allocator that gives idle memory back to the system after a while would
    /// else be measured taking it again. Then has the second thread stand ready.
    /// </summary>
    [IterationSetup]
    public void Before()
    {
        _second?.Wake();
        RunUnits(Math.Max(1, _chunkUnits / WarmUpShare));
        _second?.Wake();
    }

    [Benchmark]
    public long Run() => RunUnits(_chunkUnits);

    [GlobalCleanup]
    public void Dispose()
    {
        _second?.Dispose();
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// An allocator of which nothing is in use is a special case: mimalloc then gives a whole segment back with each
    /// block of 2 MiB, and takes 1,000 ns instead of 220. Programs are not in that case.
    /// </summary>
    private Worker OpenWorker()
    {
        var worker = _allocator.Open();
        worker.Hold(HeldBytes);
        return worker;
    }

    /// <summary>Each of several tries is: one that somebody else's program delayed would say so wrongly.</summary>
    private bool IsChunkLongEnough()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            Before();
            var start = Stopwatch.GetTimestamp();
            Run();
            if (Stopwatch.GetElapsedTime(start) < s_leastChunk)
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
