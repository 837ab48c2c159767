using Shm.Arena;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Allocator that is ready to be measured; each thread opens its own worker.</summary>
internal sealed class AllocatorUnderTest : IDisposable
{
    /// <summary>Number of the arena; a native allocator's number is its index in <see cref="NativeAllocator.All"/>.</summary>
    public const int Arena = -1;

    /// <summary>Number of the arena whose second thread is in another process.</summary>
    public const int ArenaOfTwoProcesses = -2;

    /// <summary>
    /// Size of the sparse shared memory of the arena and of Boost.Interprocess, in bytes. It is eight times the size of the
    /// largest batch, because a pool of KV-cache blocks is several times larger than the blocks that one thread holds.
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

    /// <summary>Creates the allocator that has a number.</summary>
    /// <param name="allocator">
    /// Number of the allocator: <see cref="Arena"/>, <see cref="ArenaOfTwoProcesses"/>, or an index into
    /// <see cref="NativeAllocator.All"/>.
    /// </param>
    /// <param name="isNativeLoop">
    /// True to run the loop in C. False to run it in managed code, which calls a native allocator once per operation.
    /// </param>
    /// <param name="arenaBytes">Capacity of the arena, in bytes.</param>
    public static AllocatorUnderTest Create(int allocator, bool isNativeLoop, long arenaBytes)
    {
        if (allocator is Arena or ArenaOfTwoProcesses)
        {
            return CreateArena(arenaBytes);
        }

        var functions = NativeFunctions.Load(NativeAllocator.All[allocator]);
        var slots = new BlockSlots<nint>();
        if (isNativeLoop)
        {
            var loops = NativeLoops.Load();
            return new AllocatorUnderTest(() => new NativeWorker(functions, loops, slots), () => { });
        }

        var handOver = new HandOver<nint>();
        return new AllocatorUnderTest(
            () => new ManagedWorker<NativeHeap, nint>(new NativeHeap(functions), handOver, slots), handOver.Stop);
    }

    /// <summary>Returns the capacity of an arena that holds all live blocks of <see cref="Workload.RandomChurn"/>, in bytes.</summary>
    /// <param name="blockBytes">Size of each block, in bytes.</param>
    /// <param name="liveBlocks">Number of live blocks; 0 for other workloads.</param>
    public static long ArenaBytes(int blockBytes, int liveBlocks) => Math.Max(CapacityBytes, 2L * blockBytes * liveBlocks);

    /// <summary>Gets the name by which another process attaches to the arena; null for a native allocator.</summary>
    public string? ArenaName => _arena?.Name;

    /// <summary>Opens the worker of the calling thread.</summary>
    public Worker Open() => _open();

    /// <summary>Makes a thread stop waiting for the other thread, which has failed.</summary>
    public void Stop() => _stop();

    public void Dispose() => _arena?.Dispose();

    private static AllocatorUnderTest CreateArena(long capacityBytes)
    {
        var arena = ArenaHeap.CreateArena(capacityBytes);
        var (handOver, slots) = (new HandOver<ShmBlock>(), new BlockSlots<ShmBlock>());
        return new AllocatorUnderTest(
            () => new ManagedWorker<ArenaHeap, ShmBlock>(new ArenaHeap(arena), handOver, slots), handOver.Stop, arena);
    }
}
