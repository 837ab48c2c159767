using PerfTests.Metrics.Scenarios;
using Shm.Core;

namespace PerfTests.Metrics;

/// <summary>Allocator that is measured.</summary>
/// <param name="Name">Name in metrics, filters and files.</param>
/// <param name="Title">Name in reports.</param>
/// <param name="CapacityBytes">Capacity that conformance tests and counted rows create it with, in bytes.</param>
/// <param name="Factory">Creates an allocator, given its capacity in bytes.</param>
/// <param name="Scenarios">Benchmark classes.</param>
public sealed record Allocator(
    string Name, string Title, long CapacityBytes, Func<long, IShmAllocator> Factory, AllocatorScenarios Scenarios)
{
    /// <summary>Creates an allocator that has the capacity of the table.</summary>
    public IShmAllocator Create() => Factory(CapacityBytes);
}
