using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Upper bounds of the resources that one layout copy of a scenario takes.</summary>
internal static class ScenarioNeeds
{
    /// <summary>Kernel memory of a segment and its mapping (inode, directory entry, area), and its object, in bytes.</summary>
    private const long BytesOfSegment = 3 << 10;

    /// <summary>Bytes of <c>/dev/shm</c> that an empty arena of 1 MiB takes: nine pages of metadata.</summary>
    private const long BytesOfArena = 36 << 10;

    /// <summary>Bytes that an arena claims when blocks are first allocated: heap slots and slab parts, in steps of 64 KiB.</summary>
    private const long BytesOfFirstBlocks = 256 << 10;

    /// <summary>Metadata of an arena, as a part of its capacity: bits and maps by page, 64 KiB and 1 MiB.</summary>
    private const long CapacityPerMetadataByte = 4096;

    /// <summary>Segments of which not a page is touched.</summary>
    public static RowNeeds UntouchedSegments(int count) => new() { OpenFiles = 1, Mappings = count, MemoryBytes = count * BytesOfSegment };

    /// <summary>Segments that are written to as a whole, or a part of them that has so many bytes.</summary>
    public static RowNeeds WrittenSegments(int count, long byteCount) =>
        UntouchedSegments(count) with { SharedMemoryBytes = count * byteCount };

    /// <summary>An arena without reservation, of which metadata alone is touched.</summary>
    /// <param name="capacityBytes">Its capacity.</param>
    /// <param name="writtenBytes">Bytes of blocks that are written to.</param>
    public static RowNeeds SparseArena(long capacityBytes, long writtenBytes = 0) => new()
    {
        SharedMemoryBytes = BytesOfArena + BytesOfFirstBlocks + (capacityBytes / CapacityPerMetadataByte) + writtenBytes,
        OpenFiles = 2,
        Mappings = 2,
        MemoryBytes = BytesOfSegment,
    };

    /// <summary>Arenas of 1 MiB in which nothing is allocated.</summary>
    public static RowNeeds EmptyArenas(int count) => new()
    {
        SharedMemoryBytes = count * BytesOfArena,
        OpenFiles = count,
        Mappings = 2L * count,
        MemoryBytes = count * 2 * BytesOfSegment,
    };

    /// <summary>A buffer outside <c>/dev/shm</c>.</summary>
    public static RowNeeds Buffer(long byteCount) => new() { MemoryBytes = byteCount };
}
