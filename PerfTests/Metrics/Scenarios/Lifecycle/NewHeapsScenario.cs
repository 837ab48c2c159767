using BenchmarkDotNet.Attributes;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Opens heaps in an arena that is created before each sample, so that no heap can take over the slabs of another.</summary>
public class NewHeapsScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes: room for a slab of each heap.</summary>
    public const long CapacityBytes = 16 * BlockSize.OneMebibyte;

    /// <summary>Number of heaps of a sample.</summary>
    protected const int HeapsPerInvoke = 16;

    private ShmArena? _arena;

    /// <summary>Heaps of a sample.</summary>
    protected ShmHeap[] Heaps { get; } = new ShmHeap[HeapsPerInvoke];

    [IterationSetup]
    public void Before()
    {
        _arena = ArenaScenarios.CreateSparse(CapacityBytes);
        Prepare();
    }

    /// <summary>Opens the heaps. Each heap takes a heap slot that was never used.</summary>
    [Benchmark(OperationsPerInvoke = HeapsPerInvoke)]
    public long Open()
    {
        for (var i = 0; i < HeapsPerInvoke; i++)
        {
            Heaps[i] = _arena!.OpenHeap();
        }

        return _arena!.Id;
    }

    /// <summary>
    /// Disposes the arena, and frees the memory of its heaps. Without that, the heaps of a sample would take new memory of the C library
    /// until the next garbage collection, and the first samples would be five times as long as the later ones.
    /// </summary>
    [IterationCleanup]
    public void After()
    {
        Dispose();
        _arena = null;
        Array.Clear(Heaps);
        GC.Collect(0);
        GC.WaitForPendingFinalizers();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares the arena of a sample.</summary>
    protected virtual void Prepare()
    {
    }
}

/// <summary>Allocates the first block of each new heap, for which the heap makes its first slab.</summary>
public class FirstAllocationScenario : NewHeapsScenario
{
    private const long ByteCount = 1_024;

    private readonly ShmBlock[] _blocks = new ShmBlock[HeapsPerInvoke];

    [Benchmark(OperationsPerInvoke = HeapsPerInvoke)]
    public long Allocate()
    {
        for (var i = 0; i < HeapsPerInvoke; i++)
        {
            _blocks[i] = Heaps[i].Allocate(ByteCount);
        }

        return _blocks[^1].Offset;
    }

    /// <inheritdoc/>
    protected override void Prepare() => Open();
}
