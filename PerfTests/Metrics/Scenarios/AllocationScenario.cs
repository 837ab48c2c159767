using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Allocates blocks of 1 MiB, and frees them outside the measured time. Each allocator has a derived class with a loop of its
/// own, because a loop in this class would time a call through the interface as well.
/// </summary>
/// <typeparam name="TAllocator">Class of the allocator.</typeparam>
/// <param name="blocksPerInvoke">Number of blocks that one invocation allocates.</param>
public abstract class AllocationScenario<TAllocator>(int blocksPerInvoke) : IDisposable
    where TAllocator : class, IShmAllocator
{
    /// <summary>Allocator under test.</summary>
    protected TAllocator Allocator { get; private set; } = null!;

    /// <summary>Blocks of one invocation, which the benchmark fills.</summary>
    protected ShmBlock[] Blocks { get; private set; } = [];

    /// <summary>Number of blocks that an invocation allocates.</summary>
    public long OperationsPerInvoke { get; set; } = blocksPerInvoke;

    [GlobalSetup]
    public void Setup()
    {
        Blocks = new ShmBlock[OperationsPerInvoke];
        Allocator = CreateAllocator();
    }

    /// <summary>Fills <see cref="Blocks"/>. A derived class marks its override with <see cref="BenchmarkAttribute"/>.</summary>
    public abstract long Allocate();

    /// <summary>Frees the blocks of one sample, outside the measured time.</summary>
    [IterationCleanup]
    public void FreeAll()
    {
        foreach (var block in Blocks)
        {
            Allocator.Free(block);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates an allocator that has room for all blocks.</summary>
    protected abstract TAllocator CreateAllocator();
}
