using Shm.Arena;
using Shm.Core;

namespace PerfTests.Peers.Scenarios;

/// <summary>An allocator that is ready to be measured: each thread opens a worker of its own.</summary>
internal sealed class Contestant : IDisposable
{
    /// <summary>The arena's number; a peer's is its place among all peers.</summary>
    public const int Arena = -1;

    private readonly Func<Worker> _open;
    private readonly Action _stop;
    private readonly ShmArena? _arena;

    private Contestant(Func<Worker> open, Action stop, ShmArena? arena = null)
    {
        _open = open;
        _stop = stop;
        _arena = arena;
    }

    /// <summary>Makes one.</summary>
    /// <param name="peer"><see cref="Arena"/>, or a peer's number.</param>
    /// <param name="isNativeLoop">True for a peer's native loop; false to call it block by block.</param>
    /// <param name="blockBytes">The size of the blocks that will be allocated.</param>
    public static Contestant Create(int peer, bool isNativeLoop, long blockBytes)
    {
        if (peer == Arena)
        {
            return OfArena(blockBytes);
        }

        var functions = PeerFunctions.Load(PeerAllocator.All[peer]);
        if (isNativeLoop)
        {
            var loops = NativeLoops.Load();
            return new Contestant(() => new NativeWorker(functions, loops), () => { });
        }

        var handOver = new HandOver<nint>();
        return new Contestant(() => new ManagedWorker<NativeHeap, nint>(new NativeHeap(functions), handOver), handOver.Stop);
    }

    /// <summary>What the calling thread runs.</summary>
    public Worker Open() => _open();

    /// <summary>Ends the waiting of a thread whose counterpart has failed.</summary>
    public void Stop() => _stop();

    public void Dispose() => _arena?.Dispose();

    private static Contestant OfArena(long blockBytes)
    {
        // Twice what is live at once, and what slabs of small blocks take at least; sparse.
        const long LeastBytes = 64L << 20;
        const long MostLiveBlocks = 1024;
        var liveBlocks = blockBytes > 64 << 10 ? Worker.MostBatchBlocks : MostLiveBlocks;
        var arena = ArenaHeap.CreateArena(LeastBytes + (2 * liveBlocks * blockBytes));
        var handOver = new HandOver<ShmBlock>();
        return new Contestant(() => new ManagedWorker<ArenaHeap, ShmBlock>(new ArenaHeap(arena), handOver), handOver.Stop, arena);
    }
}
