namespace Shm.Arena;

/// <summary>Options of <see cref="ShmArena.Create(ShmArenaOptions)"/>.</summary>
public sealed record ShmArenaOptions
{
    /// <summary>The least capacity in bytes: 1 MiB.</summary>
    public const long MinCapacityBytes = 1L << 20;

    /// <summary>The greatest capacity in bytes: 1 TiB.</summary>
    public const long MaxCapacityBytes = 1L << 40;

    /// <summary>The least value of <see cref="ReservedBlockBytes"/>.</summary>
    public const int MinReservedBlockBytes = 16;

    /// <summary>The greatest value of <see cref="ReservedBlockBytes"/>.</summary>
    public const int MaxReservedBlockBytes = 4096;

    /// <summary>
    /// Capacity for blocks in bytes, from <see cref="MinCapacityBytes"/> to <see cref="MaxCapacityBytes"/>, rounded up to whole
    /// pages of 4 KiB. The metadata takes additional memory, see <see cref="ReservedBlockBytes"/>.
    /// </summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Name of the segment, without slash; null generates a name.</summary>
    public string? Name { get; init; }

    /// <summary>Absolute path of a directory on a memory-backed file system; null means /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Reserves every page of data, and metadata in accordance with <see cref="ReservedBlockBytes"/>, at creation (fallocate,
    /// about 0.3 µs per 4 KiB), so that creation fails if memory is short. This is the default. Without this option, the arena
    /// may be larger than the machine's memory. A page then takes memory when it is first accessed. If there is no memory, an
    /// access to a page of data raises SIGBUS, and an allocation that needs a page of metadata finds no room.
    /// </summary>
    public bool Reserve { get; init; } = true;

    /// <summary>
    /// Size of the smallest blocks for which a reserved arena reserves the metadata, from <see cref="MinReservedBlockBytes"/>
    /// to <see cref="MaxReservedBlockBytes"/>. The whole capacity can then be allocated in blocks of this size or more, even if
    /// the file system is full. The default is 1,024, which takes at most 2 % of a capacity of 16 MiB or more.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each part of up to 64 blocks takes 704 bytes, so the metadata of small blocks takes a large share of the capacity. Blocks
    /// that are smaller than this value use the reserved metadata first, and then what the file system has left. Without
    /// <see cref="Reserve"/>, this value has no effect.
    /// </para>
    /// <para>
    /// The arena also reserves one heap for each MiB of capacity, at least 4 and at most 4,096. Further heaps need memory of the
    /// file system: 1,152 bytes for each thread that allocates at the same time.
    /// </para>
    /// <list type="table">
    /// <listheader><term>value</term><description>reserved metadata, as a share of a capacity of 64 MiB</description></listheader>
    /// <item><term>16</term><description>69 %</description></item>
    /// <item><term>64</term><description>23 %</description></item>
    /// <item><term>256</term><description>6.0 %</description></item>
    /// <item><term>1,024</term><description>1.7 %</description></item>
    /// <item><term>4,096</term><description>0.64 %</description></item>
    /// </list>
    /// </remarks>
    public int ReservedBlockBytes { get; init; } = 1024;

    /// <summary>Maps all pages of data at creation, so that no access to them causes a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Maps all pages of data in the background, so that the arena can be used at once. A block can be used before and after its
    /// pages are mapped. <see cref="ShmArena.BackgroundPrefault"/> tells the progress. Excludes <see cref="Prefault"/>. Without
    /// <see cref="Reserve"/>, an arena that is larger than its file system fills the file system before mapping fails.
    /// </summary>
    public bool PrefaultInBackground { get; init; }

    /// <summary>
    /// Largest number of threads that map pages for <see cref="Prefault"/> and <see cref="PrefaultInBackground"/>, 1 to 8. The
    /// default of 0 means one thread for each processor that the process may use, at most 8; in the background it means one
    /// less than there are processors, 1 to 8. With <see cref="Prefault"/>, a range of up to 8 MiB is mapped by the calling thread alone.
    /// </summary>
    public int PrefaultThreads { get; init; }

    /// <summary>
    /// Advises the kernel to use transparent huge pages. The mount option <c>huge=</c> decides whether the kernel uses them, unless
    /// <c>/sys/kernel/mm/transparent_hugepage/shmem_enabled</c> is deny or force. <see cref="ShmArena.GetHugePageUse"/> returns
    /// how many bytes use huge pages. A hugetlbfs as <see cref="Directory"/> has huge pages without this option.
    /// </summary>
    public bool HugePages { get; init; }

    /// <summary>
    /// NUMA node from which all processes get the pages of the arena (mbind with MPOL_BIND); null lets the kernel choose, which
    /// prefers the node of the thread that first accesses a page. If the node has no free memory, the kernel reclaims memory of
    /// the node, and finally kills a process. On a hugetlbfs, set <see cref="Reserve"/> as well: mmap reserves huge pages of any node.
    /// In a directory on a disk, the node has no effect: only a tmpfs and a hugetlbfs keep it with the file.
    /// </summary>
    public int? NumaNode { get; init; }
}
