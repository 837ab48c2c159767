using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Alternately allocates and frees one block through a heap.</summary>
public class HeapCycleScenario : HeapScenario
{
    /// <summary>Number of cycles in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = 1_000;

    /// <summary>Size of the block, in bytes. A block of more than 2 MiB does not come from a slab.</summary>
    [Params(64, 4_096, 131_072, 4_194_304)]
    public int Bytes { get; set; }

    /// <summary>Allocates and frees a block, again and again.</summary>
    /// <exception cref="InvalidOperationException">The arena has no room for a block.</exception>
    [Benchmark]
    public long AllocateAndFree()
    {
        var (heap, bytes, cycles) = (Heap, (long)Bytes, OperationsPerInvoke);
        long sum = 0;
        for (long i = 0; i < cycles; i++)
        {
            if (!heap.TryAllocate(bytes, out var block))
            {
                throw new InvalidOperationException($"The arena has no room for a block of {bytes} B.");
            }

            sum += block.Offset;
            heap.Free(block);
        }

        return sum;
    }
}
