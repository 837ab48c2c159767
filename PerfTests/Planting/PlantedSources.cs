using PerfTests.Metrics;
using PerfTests.Versions;

namespace PerfTests.Planting;

/// <summary>
/// Slowdowns as somebody could write them: statements in the libraries' own code that make it do more than it must
/// and change nothing else. They are built into libraries of their own, which are compared with those as they are.
/// </summary>
internal static class PlantedSources
{
    private static readonly PlantedSource[] s_all =
    [
        new(
            "one more instruction in the chain from address to address",
            new("Shm.Arena/ShmArena.cs", "public bool TryResolve(", "remoteAddress &= long.MaxValue;"),
            row => row.Metric.Id == "lookup_arithmetic_time"),
        new(
            "a sixteenth of the list scanned twice",
            new("Shm.Core/Lookup/SegmentTable.cs", "internal bool TryResolve(", "if (NextHit(_ranges.AsSpan(0, Count / 16), 0, ~remoteAddress) > Count) { localAddress = 0; return false; }"),
            row => row.Metric.Id == "lookup_linear_scan_time" && row.Parameters[0].Value >= 100),
        new(
            "each allocation waits for a remainder of the one before",
            new("Shm.Arena/Heaps/ShmHeap.cs", "public ShmBlock Allocate(", "byteCount += (long)((_lastExtent % 641) >> 10);"),
            row => row is { Allocator: Allocators.Arena, Metric.Id: "allocation_total_time" or "allocation_throughput" }),
        new(
            "a quarter of the bytes copied twice",
            new("Shm.Core/Transfer/ShmTransfer.cs", "public static void Write(IShmAllocator allocator, ShmBlock block, void* source", "Buffer.MemoryCopy(source, (void*)Range(allocator, block, byteCount, offset), byteCount, byteCount / 4);"),
            row => row.Metric.Id == "transfer_1mb_bandwidth"),
        new(
            "three looks for the name before a segment is created",
            new("Shm.Core/Segments/SegmentCreation.cs", "ReadOnlySpan<byte> path, long byteCount, bool retryIfExists,", "for (int look = 0; look < 3; look++) { SegmentCalls.Close(SegmentCalls.OpenExisting(path, readOnly: true)); }"),
            row => row is { Allocator: Allocators.Shm, Metric.Id: "allocation_total_time" or "allocation_throughput" }),
    ];

    /// <summary>All edits: they touch different rows, so one build has them all.</summary>
    public static SourceEdit[] Edits => [.. s_all.Select(planted => planted.Edit)];

    /// <summary>What is planted where a row would see it, or null.</summary>
    public static string? TextFor(MetricRow row) => Array.Find(s_all, planted => planted.Touches(row))?.Text;

    private sealed record PlantedSource(string Text, SourceEdit Edit, Func<MetricRow, bool> Touches);
}
