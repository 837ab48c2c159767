using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Alternately allocates and frees a small block through the arena, which finds the heap of the calling thread.</summary>
public class ThreadHeapCycleScenario : HeapScenario
{
    /// <summary>Number of cycles in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = 1_000;

    /// <summary>Allocates and frees a block, again and again.</summary>
    /// <exception cref="InvalidOperationException">The arena has no room for a block.</exception>
    [Benchmark]
    public long AllocateAndFree()
    {
        var (arena, cycles) = (Arena, OperationsPerInvoke);
        long sum = 0;
        for (long i = 0; i < cycles; i++)
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
