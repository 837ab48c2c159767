using BenchmarkDotNet.Attributes;

namespace PerfTests.Peers.Scenarios;

/// <summary>A workload in one thread. The parameters are numbers, so that a plan can be sent to another process.</summary>
public class OneThreadScenario : IDisposable
{
    private const int PairsPerInvoke = Worker.MostBatchBlocks;

    private readonly int[] _orders = RandomOrders.Of(PairsPerInvoke);
    private Contestant _contestant = null!;
    private Worker _worker = null!;
    private int _batch;

    /// <summary>The arena or a peer.</summary>
    [Params(Contestant.Arena, 0, 1, 2, 3, 4)]
    public int Peer { get; set; }

    /// <summary>1: the loop is native.</summary>
    [Params(0, 1)]
    public int IsNativeLoop { get; set; }

    /// <summary>The size of each block.</summary>
    [Params(64, 4096, 65536, 131072, 2097152)]
    public int BlockBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _contestant = Contestant.Create(Peer, IsNativeLoop == 1, BlockBytes);
        _worker = _contestant.Open();
    }

    [Benchmark(OperationsPerInvoke = PairsPerInvoke)]
    public long Pairs()
    {
        _worker.Pairs(BlockBytes, PairsPerInvoke);
        return PairsPerInvoke;
    }

    [Benchmark(OperationsPerInvoke = PairsPerInvoke)]
    public long RandomBatches()
    {
        _batch = (_batch + 1) % RandomOrders.Count;
        _worker.Batches(BlockBytes, PairsPerInvoke, _orders.AsSpan(_batch * PairsPerInvoke, PairsPerInvoke));
        return PairsPerInvoke;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _contestant?.Dispose();
        GC.SuppressFinalize(this);
    }
}
