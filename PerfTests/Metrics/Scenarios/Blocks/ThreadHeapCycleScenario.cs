using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Alternately allocates and frees a small block through the arena, which finds the heap of the calling thread.</summary>
public class ThreadHeapCycleScenario : HeapScenario
{
    private const int CyclesPerInvoke = 1_000;

    /// <summary>Allocates and frees a block, again and again.</summary>
    /// <exception cref="InvalidOperationException">The arena has no room for a block.</exception>
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long AllocateAndFree()
    {
        var arena = Arena;
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            if (!arena.TryAllocate(SmallBytes, out var block))
            {
                throw new InvalidOperationException($"The arena has no room for a block of {SmallBytes} B.");
            }

            sum += block.Offset;
            arena.Free(block);
        }

        return sum;
    }
}
