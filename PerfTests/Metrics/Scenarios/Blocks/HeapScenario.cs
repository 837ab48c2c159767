using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Base class of scenarios that allocate from a heap of a sparse arena.</summary>
public abstract class HeapScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes; no block is touched.</summary>
    public const long CapacityBytes = 256 * BlockSize.OneMebibyte;

    /// <summary>Maximum number of blocks that a scenario holds.</summary>
    protected const int MaxBlocks = 10_000;

    /// <summary>Size of the small blocks, in bytes.</summary>
    protected const long SmallBytes = 64;

    /// <summary>Upper bound of the metadata of a small block, in bytes.</summary>
    private const long DescriptionBytes = 64;

    private ShmHeap? _heap;

    /// <summary>Resources of one layout copy.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.SparseArena(CapacityBytes, MaxBlocks * DescriptionBytes);

    /// <summary>Resources of one layout copy that attaches to its arena a second time.</summary>
    internal static RowNeeds NeedsOfTwoMembers { get; } = Needs.Plus(Needs with { SharedMemoryBytes = 0 });

    /// <summary>Arena under test.</summary>
    protected ShmArena Arena { get; private set; } = null!;

    /// <summary>Heap of the arena.</summary>
    protected ShmHeap Heap => _heap!;

    [GlobalSetup]
    public void Setup()
    {
        Arena = ArenaScenarios.CreateSparse(CapacityBytes);
        _heap = Arena.OpenHeap();
        Prepare();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Release();
        _heap?.Dispose();
        Arena?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares what a derived class needs in addition to the heap.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Releases what <see cref="Prepare"/> has prepared, as far as it got.</summary>
    protected virtual void Release()
    {
    }
}
