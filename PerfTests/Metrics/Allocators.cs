using PerfTests.Metrics.Scenarios;
using Shm.Core;

namespace PerfTests.Metrics;

/// <summary>Table of the allocators. Each line gives an allocator its rows, its conformance tests and its place in the reports.</summary>
public static class Allocators
{
    /// <summary>Original: a POSIX shared-memory segment per block.</summary>
    public const string Shm = "shm";

    /// <summary>Arena: one segment that is mapped once and divided into blocks.</summary>
    public const string Arena = "arena";

    /// <summary>All allocators, in the order of the reports; the others are compared with the first.</summary>
    public static IReadOnlyList<Allocator> All { get; } =
    [
        new(Shm, "original", CapacityBytes: long.MaxValue, _ => new SegmentAllocator(), ShmScenarios.All),
        new(Arena, "arena", CapacityBytes: 32L << 20, ArenaScenarios.CreateSparse, ArenaScenarios.All),
    ];

    /// <summary>Returns the allocator of this name; null if the table does not have it, as for results of another version.</summary>
    public static Allocator? Find(string? name) => All.FirstOrDefault(allocator => allocator.Name == name);

    /// <summary>Returns the name of an allocator in reports.</summary>
    public static string TitleOf(string name) => Find(name)?.Title ?? name;
}
