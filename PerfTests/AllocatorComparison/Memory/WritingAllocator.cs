using PerfTests.AllocatorComparison.Scenarios;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Memory;

/// <summary>Allocator whose blocks are written to; each thread opens its own worker.</summary>
internal sealed class WritingAllocator : IDisposable
{
    private readonly Func<IWritingWorker> _open;
    private readonly ShmArena? _arena;

    private WritingAllocator(Func<IWritingWorker> open, ShmArena? arena = null) => (_open, _arena) = (open, arena);

    /// <summary>Creates the allocator that has a number; see <see cref="AllocatorUnderTest.Create"/>.</summary>
    public static WritingAllocator Create(int allocator, long arenaBytes)
    {
        if (allocator == AllocatorUnderTest.Arena)
        {
            var arena = ArenaHeap.CreateArena(arenaBytes);
            var handles = new BlockSlots<ShmBlock>();
            return new WritingAllocator(() => new WritingWorker<ArenaHeap, ShmBlock>(new ArenaHeap(arena), handles), arena);
        }

        var functions = NativeFunctions.Load(NativeAllocator.All[allocator]);
        var pointers = new BlockSlots<nint>();
        return new WritingAllocator(() => new WritingWorker<NativeHeap, nint>(new NativeHeap(functions), pointers));
    }

    /// <summary>Opens the worker of the calling thread.</summary>
    public IWritingWorker Open() => _open();

    public void Dispose() => _arena?.Dispose();
}
