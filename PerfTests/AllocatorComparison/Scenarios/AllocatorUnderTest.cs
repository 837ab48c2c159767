using Shm.Arena;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>An allocator that is ready to be measured: each thread opens a worker of its own.</summary>
internal sealed class AllocatorUnderTest : IDisposable
{
    /// <summary>The arena's number; a allocator's is its place among all peers.</summary>
    public const int Arena = -1;

    /// <summary>
    /// Shared memory for each that serves it, the arena and Boost.Interprocess: eight times what the largest blocks take
    /// at once, as what a pool of KV-cache blocks has is a few times what one thread takes. Sparse.
    /// </summary>
    public const long CapacityBytes = 4L << 30;

    private readonly Func<Worker> _open;
    private readonly Action _stop;
    private readonly ShmArena? _arena;

    private AllocatorUnderTest(Func<Worker> open, Action stop, ShmArena? arena = null)
    {
        _open = open;
        _stop = stop;
        _arena = arena;
    }

    /// <summary>Makes one.</summary>
    /// <param name="allocator"><see cref="Arena"/>, or a allocator's number.</param>
    /// <param name="isNativeLoop">True for a allocator's native loop; false to call it block by block.</param>
    public static AllocatorUnderTest Create(int allocator, bool isNativeLoop)
    {
        if (allocator == Arena)
        {
            return OfArena();
        }

        var functions = NativeFunctions.Load(NativeAllocator.All[allocator]);
        if (isNativeLoop)
        {
            var loops = NativeLoops.Load();
            return new AllocatorUnderTest(() => new NativeWorker(functions, loops), () => { });
        }

        var handOver = new HandOver<nint>();
        return new AllocatorUnderTest(() => new ManagedWorker<NativeHeap, nint>(new NativeHeap(functions), handOver), handOver.Stop);
    }

    /// <summary>What the calling thread runs.</summary>
    public Worker Open() => _open();

    /// <summary>Ends the waiting of a thread whose counterpart has failed.</summary>
    public void Stop() => _stop();

    public void Dispose() => _arena?.Dispose();

    private static AllocatorUnderTest OfArena()
    {
        var arena = ArenaHeap.CreateArena(CapacityBytes);
        var handOver = new HandOver<ShmBlock>();
        return new AllocatorUnderTest(() => new ManagedWorker<ArenaHeap, ShmBlock>(new ArenaHeap(arena), handOver), handOver.Stop, arena);
    }
}
