using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace PerfTests.Peers.Scenarios;

/// <summary>A workload that two threads share; the time is that until both are through.</summary>
public class TwoThreadsScenario : IDisposable
{
    private const int PairsPerUnit = RandomOrders.Count * Worker.HandOverBlocks;
    private const int GroupsPerUnit = PairsPerUnit / Worker.HandOverBlocks;

    /// <summary>Long beside what it takes two threads to start and to end together, about 0.2 us.</summary>
    private static readonly TimeSpan s_leastChunk = TimeSpan.FromMilliseconds(0.5);

    private readonly int[] _orders = RandomOrders.Of(Worker.HandOverBlocks);
    private Contestant _contestant = null!;
    private Worker _worker = null!;
    private SecondThread _second = null!;
    private long _units = 1;

    /// <summary>The arena or a peer.</summary>
    [Params(Contestant.Arena, 0, 1, 2, 3, 4)]
    public int Peer { get; set; }

    /// <summary>1: the loop is native.</summary>
    [Params(0, 1)]
    public int IsNativeLoop { get; set; }

    /// <summary>The size of each block.</summary>
    [Params(64, 4096, 65536)]
    public int BlockBytes { get; set; }

    /// <summary>Which <see cref="Peers.Workload"/>.</summary>
    [Params((int)Peers.Workload.TwoThreadsPairs, (int)Peers.Workload.TwoThreadsBatches, (int)Peers.Workload.RemoteFrees)]
    public int Workload { get; set; }

    /// <summary>Pairs in a chunk, of both threads together; known after setup.</summary>
    public long OperationsPerInvoke => _units * PairsPerUnit * ((Workload)Workload == Peers.Workload.RemoteFrees ? 1 : 2);

    [GlobalSetup]
    public void Setup()
    {
        _contestant = Contestant.Create(Peer, IsNativeLoop == 1, BlockBytes);
        _worker = _contestant.Open();
        _second = new SecondThread(() =>
        {
            var worker = _contestant.Open();
            return () => Share(worker, isSecond: true);
        });

        // The last doubling's chunk is warm; the first ones are not.
        TimeSpan chunk;
        do
        {
            _units *= 2;
            Before();
            var start = Stopwatch.GetTimestamp();
            Run();
            chunk = Stopwatch.GetElapsedTime(start);
        }
        while (chunk < s_leastChunk);
    }

    /// <summary>Has the second thread stand ready.</summary>
    [IterationSetup]
    public void Before() => _second.Wake();

    [Benchmark]
    public long Run()
    {
        _second.Go();
        Share(_worker, isSecond: false);
        _second.Join();
        return _units;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _second?.Dispose();
        _contestant?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Share(Worker worker, bool isSecond)
    {
        try
        {
            switch ((Workload)Workload)
            {
                case Peers.Workload.TwoThreadsPairs:
                    worker.Pairs(BlockBytes, _units * PairsPerUnit);
                    break;
                case Peers.Workload.TwoThreadsBatches:
                    for (long unit = 0; unit < _units; unit++)
                    {
                        worker.Batches(BlockBytes, Worker.HandOverBlocks, _orders);
                    }

                    break;
                case Peers.Workload.RemoteFrees when isSecond:
                    worker.Consume(_units * GroupsPerUnit);
                    break;
                default:
                    worker.Produce(BlockBytes, _units * GroupsPerUnit);
                    break;
            }
        }
        catch
        {
            _contestant.Stop();
            throw;
        }
    }
}
