using BenchmarkDotNet.Attributes;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Allocates all blocks of several slabs and frees them, so that the arena makes and releases the slabs. Only the last slab stays
/// until the next invocation, because it contains the current part of the heap.
/// </summary>
public class SlabCycleScenario : SingleArenaScenario
{
    /// <summary>Number of slabs of an invocation.</summary>
    private const int SlabsPerInvoke = 12;

    /// <summary>Number of blocks of a page in a slab: an arena of 1 MiB has slabs of 64 KiB.</summary>
    private const int BlocksPerSlab = 16;

    /// <summary>
    /// Number of heaps that the arena has ever had. A heap keeps some empty slabs; with this number of heaps, the share of a heap is
    /// smaller than one slab.
    /// </summary>
    private const int HeapCount = 3;

    private readonly ShmBlock[] _blocks = new ShmBlock[SlabsPerInvoke * BlocksPerSlab];
    private ShmHeap _heap = null!;

    [Benchmark(OperationsPerInvoke = SlabsPerInvoke)]
    public long MakeAndRelease()
    {
        var (heap, blocks) = (_heap, _blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = heap.Allocate(BlockSize.OnePage);
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            heap.Free(blocks[i]);
        }

        return blocks[^1].Offset;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        for (var heap = 0; heap < HeapCount; heap++)
        {
            _heap = Arena.OpenHeap();
        }
    }
}
