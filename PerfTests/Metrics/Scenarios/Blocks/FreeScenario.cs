using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Frees blocks. A derived class chooses the heap that frees them.</summary>
public abstract class FreeScenario : BlockRunScenario
{
    /// <summary>Heap that frees the blocks.</summary>
    protected abstract ShmHeap FreeingHeap { get; }

    /// <summary>Allocates the blocks outside the measured time.</summary>
    [IterationSetup]
    public void Before() => AllocateAll();

    [Benchmark]
    public long Free()
    {
        var (heap, blocks) = (FreeingHeap, Blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            heap.Free(blocks[i]);
        }

        return blocks[^1].Offset;
    }
}

/// <summary>Frees blocks through the heap that allocated them.</summary>
public class OwnHeapFreeScenario : FreeScenario
{
    /// <inheritdoc/>
    protected override ShmHeap FreeingHeap => Heap;
}

/// <summary>
/// Frees blocks through another heap of the same process, as a thread does that did not allocate them. One thread uses both heaps,
/// so that the order of all operations is the same in each sample.
/// </summary>
public class OtherHeapFreeScenario : FreeScenario
{
    private ShmHeap? _other;

    /// <inheritdoc/>
    protected override ShmHeap FreeingHeap => _other!;

    /// <inheritdoc/>
    protected override void Prepare() => _other = Arena.OpenHeap();

    /// <inheritdoc/>
    protected override void Release() => _other?.Dispose();
}

/// <summary>
/// Frees blocks that another member of the arena holds. A second attachment of this process is another member, and its frees run
/// the same code as those of another process.
/// </summary>
public class OtherMemberFreeScenario : FreeScenario
{
    private ShmArena? _member;
    private ShmHeap? _other;

    /// <inheritdoc/>
    protected override ShmHeap FreeingHeap => _other!;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _member = ShmArena.Attach(Arena.Name);
        _other = _member.OpenHeap();
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _other?.Dispose();
        _member?.Dispose();
    }
}
