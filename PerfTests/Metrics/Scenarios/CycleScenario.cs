using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Alternately allocates and frees a block of 1 MiB. Each allocator has a derived class with a loop of its own, because a loop in
/// this class would time calls through the interface as well.
/// </summary>
/// <typeparam name="TAllocator">Class of the allocator.</typeparam>
public abstract class CycleScenario<TAllocator> : IDisposable
    where TAllocator : class, IShmAllocator
{
    /// <summary>Allocator under test.</summary>
    protected TAllocator Allocator { get; private set; } = null!;

    [GlobalSetup]
    public void Setup() => Allocator = CreateAllocator();

    /// <summary>Allocates and frees. A derived class marks its override with <see cref="BenchmarkAttribute"/>.</summary>
    public abstract long AllocateAndFree();

    [GlobalCleanup]
    public void Dispose()
    {
        Allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates the allocator.</summary>
    protected abstract TAllocator CreateAllocator();
}
