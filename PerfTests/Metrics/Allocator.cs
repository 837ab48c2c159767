using PerfTests.Metrics.Scenarios;
using Shm.Core;

namespace PerfTests.Metrics;

/// <summary>Allocator that is measured.</summary>
/// <param name="Name">Name in metrics, filters and files.</param>
/// <param name="Title">Name in reports.</param>
/// <param name="CapacityBytes">Capacity of the allocators that <see cref="Create"/> returns, in bytes.</param>
/// <param name="Factory">Creates an allocator with a given capacity in bytes.</param>
/// <param name="Scenarios">Benchmark classes that measure the allocator.</param>
public sealed record Allocator(
    string Name, string Title, long CapacityBytes, Func<long, IShmAllocator> Factory, AllocatorScenarios Scenarios)
{
    /// <summary>Creates an allocator with a capacity of <see cref="CapacityBytes"/>.</summary>
    public IShmAllocator Create() => Factory(CapacityBytes);
}
