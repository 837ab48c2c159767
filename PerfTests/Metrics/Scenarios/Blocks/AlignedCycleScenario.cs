using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Alternately allocates and frees a block of 3,000 B whose address is a multiple of 4,096.</summary>
public class AlignedCycleScenario : HeapScenario
{
    private const int CyclesPerInvoke = 1_000;
    private const long ByteCount = 3_000;
    private const long Alignment = 4_096;

    /// <summary>Allocates and frees through a heap.</summary>
    /// <exception cref="InvalidOperationException">The arena has no room for a block.</exception>
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long CycleOfHeap()
    {
        var heap = Heap;
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
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
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long CycleOfArena()
    {
        var arena = Arena;
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            var block = arena.AllocateAligned(ByteCount, Alignment);
            sum += block.Offset;
            arena.Free(block);
        }

        return sum;
    }
}
