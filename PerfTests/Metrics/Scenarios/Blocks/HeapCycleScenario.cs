using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Alternately allocates and frees one block through a heap.</summary>
public class HeapCycleScenario : HeapScenario
{
    private const int CyclesPerInvoke = 1_000;

    /// <summary>Size of the block, in bytes. A block of more than 2 MiB does not come from a slab.</summary>
    [Params(64, 4_096, 131_072, 4_194_304)]
    public int Bytes { get; set; }

    /// <summary>Allocates and frees a block, again and again.</summary>
    /// <exception cref="InvalidOperationException">The arena has no room for a block.</exception>
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long AllocateAndFree()
    {
        var (heap, bytes) = (Heap, (long)Bytes);
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
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
