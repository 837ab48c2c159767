using PerfTests.Metrics.Scenarios;
using Shm.Core;

namespace PerfTests.Metrics;

/// <summary>Table of the allocators. An allocator that has a line here is measured, tested for conformance and reported.</summary>
public static class Allocators
{
    /// <summary>Name of the original allocator, which creates a POSIX shared-memory segment per block.</summary>
    public const string Shm = "shm";

    /// <summary>Name of the arena, which maps one segment once and divides it into blocks.</summary>
    public const string Arena = "arena";

    /// <summary>All allocators, in the order of the reports. Reports compare every other allocator with the first.</summary>
    public static IReadOnlyList<Allocator> All { get; } =
    [
        new(Shm, "original", CapacityBytes: long.MaxValue, _ => new SegmentAllocator(), ShmScenarios.All),
        new(Arena, "arena", CapacityBytes: 32L << 20, ArenaScenarios.CreateSparse, ArenaScenarios.All),
    ];

    /// <summary>
    /// Returns the allocator with this name; null if the table lacks it, because another version of the suite may have measured it.
    /// </summary>
    public static Allocator? Find(string? name) => All.FirstOrDefault(allocator => allocator.Name == name);

    /// <summary>Returns the name of an allocator in reports.</summary>
    public static string TitleOf(string name) => Find(name)?.Title ?? name;
}
