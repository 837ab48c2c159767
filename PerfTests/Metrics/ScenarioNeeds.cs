using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Upper bounds of the resources that one layout copy of a scenario holds.</summary>
internal static class ScenarioNeeds
{
    /// <summary>Bytes of memory that a segment takes: inode, directory entry and mapping in the kernel, and its managed object.</summary>
    private const long BytesOfSegment = 3 << 10;

    /// <summary>Bytes of <c>/dev/shm</c> that an empty arena of 1 MiB takes: nine pages of metadata.</summary>
    private const long BytesOfArena = 36 << 10;

    /// <summary>Bytes that an arena claims when blocks are first allocated: heap slots and slab parts, in steps of 64 KiB.</summary>
    private const long BytesOfFirstBlocks = 256 << 10;

    /// <summary>
    /// Bytes of capacity for each byte of metadata. The metadata are bits and maps for each page, each 64 KiB and each 1 MiB.
    /// </summary>
    private const long CapacityPerMetadataByte = 4096;

    /// <summary>
    /// Bytes of capacity for each byte of metadata that a reserved arena reserves, in addition to those of a sparse arena.
    /// </summary>
    private const long CapacityPerReservedByte = 32;

    /// <summary>Returns the resources of segments whose pages are never touched.</summary>
    public static RowNeeds UntouchedSegments(int count) => new() { OpenFiles = 1, Mappings = count, MemoryBytes = count * BytesOfSegment };

    /// <summary>Returns the resources of segments, in each of which <paramref name="byteCount"/> bytes are written.</summary>
    public static RowNeeds WrittenSegments(int count, long byteCount) =>
        UntouchedSegments(count) with { SharedMemoryBytes = count * byteCount };

    /// <summary>Returns the resources of a sparse arena, whose memory is not reserved.</summary>
    /// <param name="capacityBytes">Capacity of the arena, in bytes.</param>
    /// <param name="writtenBytes">Number of bytes that are written in its blocks.</param>
    public static RowNeeds SparseArena(long capacityBytes, long writtenBytes = 0) => new()
    {
        SharedMemoryBytes = BytesOfArena + BytesOfFirstBlocks + (capacityBytes / CapacityPerMetadataByte) + writtenBytes,
        OpenFiles = 2,
        Mappings = 2,
        MemoryBytes = BytesOfSegment,
    };

    /// <summary>Returns the resources of an arena whose memory is reserved.</summary>
    public static RowNeeds ReservedArena(long capacityBytes) =>
        SparseArena(capacityBytes, capacityBytes + (capacityBytes / CapacityPerReservedByte));

    /// <summary>Returns the resources of arenas of 1 MiB in which nothing is allocated.</summary>
    public static RowNeeds EmptyArenas(int count) => new()
    {
        SharedMemoryBytes = count * BytesOfArena,
        OpenFiles = count,
        Mappings = 2L * count,
        MemoryBytes = count * 2 * BytesOfSegment,
    };

    /// <summary>Returns the resources of a buffer outside <c>/dev/shm</c>.</summary>
    public static RowNeeds Buffer(long byteCount) => new() { MemoryBytes = byteCount };
}
