using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Base class of scenarios that time one half of the life of small blocks: only allocating or only freeing. The other half happens
/// outside the measured time.
/// </summary>
public abstract class BlockRunScenario : HeapScenario
{
    private ShmBlock[]? _blocks;

    /// <summary>
    /// Number of blocks that an invocation allocates or frees. With this number, a sample is long compared with the 25 ns of the
    /// clock.
    /// </summary>
    public long OperationsPerInvoke { get; set; } = 4_096;

    /// <summary>Blocks of one invocation.</summary>
    protected ShmBlock[] Blocks => _blocks ??= new ShmBlock[OperationsPerInvoke];

    /// <summary>Allocates the blocks through the heap.</summary>
    protected void AllocateAll()
    {
        var (heap, blocks) = (Heap, Blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            if (!heap.TryAllocate(SmallBytes, out blocks[i]))
            {
                throw new InvalidOperationException($"The arena has no room for {blocks.Length} blocks of {SmallBytes} B.");
            }
        }
    }
}

/// <summary>Allocates blocks through a heap.</summary>
public class HeapAllocationScenario : BlockRunScenario
{
    [Benchmark]
    public long Allocate()
    {
        AllocateAll();
        return Blocks[^1].Offset;
    }

    /// <summary>Frees the blocks outside the measured time.</summary>
    [IterationCleanup]
    public void After()
    {
        foreach (var block in Blocks)
        {
            Heap.Free(block);
        }
    }
}
