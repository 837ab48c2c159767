using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Alternately allocates and frees a block of 3,000 B whose address is a multiple of 4,096.</summary>
public class AlignedCycleScenario : HeapScenario
{
    private const long ByteCount = 3_000;
    private const long Alignment = 4_096;

    /// <summary>Number of cycles in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = 1_000;

    /// <summary>Allocates and frees through a heap.</summary>
    /// <exception cref="InvalidOperationException">The arena has no room for a block.</exception>
    [Benchmark]
    public long CycleOfHeap()
    {
        var (heap, cycles) = (Heap, OperationsPerInvoke);
        long sum = 0;
        for (long i = 0; i < cycles; i++)
        {
            if (!heap.TryAllocateAligned(ByteCount, Alignment, out var block))
            {
                throw new InvalidOperationException($"The arena has no room for a block of {ByteCount} B.");
            }

            sum += block.Offset;
            heap.Free(block);
        }

        return sum;
    }

    /// <summary>Allocates and frees through the arena, which finds the heap of the calling thread.</summary>
    [Benchmark]
    public long CycleOfArena()
    {
        var (arena, cycles) = (Arena, OperationsPerInvoke);
        long sum = 0;
        for (long i = 0; i < cycles; i++)
        {
            var block = arena.AllocateAligned(ByteCount, Alignment);
            sum += block.Offset;
            arena.Free(block);
        }

        return sum;
    }
}
