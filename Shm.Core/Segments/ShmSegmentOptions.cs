namespace Shm.Core;

/// <summary>
/// Options for creating a segment. By default, the segment is created in /dev/shm, and each page is allocated at its first
/// access.
/// </summary>
public sealed record ShmSegmentOptions
{
    /// <summary>
    /// Absolute path of a directory on a memory-backed file system, such as a hugetlbfs, a tmpfs with huge pages or a tmpfs on
    /// CXL memory; null means /dev/shm. On a hugetlbfs the length is rounded up to whole huge pages.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Reserves all pages at creation with fallocate, which fails if the file system has too little room. Without this option
    /// the segment is sparse, and the first access to a page that the file system cannot supply kills the process with SIGBUS.
    /// </summary>
    public bool Reserve { get; init; }

    /// <summary>Maps all pages at creation, so that no access causes a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Maps all pages in the background, so that creation returns at once. <see cref="ShmSegment.BackgroundPrefault"/> tells the
    /// progress. Excludes <see cref="Prefault"/>. Without <see cref="Reserve"/>, a segment that is larger than its file system
    /// fills the file system before mapping fails.
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
    /// <c>/sys/kernel/mm/transparent_hugepage/shmem_enabled</c> is deny or force. <see cref="ShmSegment.GetHugePageUse"/> returns
    /// how many bytes use huge pages. A hugetlbfs as <see cref="Directory"/> has huge pages without this option.
    /// </summary>
    public bool HugePages { get; init; }

    /// <summary>
    /// NUMA node from which all processes get the pages of the segment (mbind with MPOL_BIND); null lets the kernel choose, which
    /// prefers the node of the thread that first accesses a page. If the node has no free memory, the kernel reclaims memory of
    /// the node, and finally kills a process. On a hugetlbfs, set <see cref="Reserve"/> as well: mmap reserves huge pages of any node.
    /// In a directory on a disk, the node has no effect: only a tmpfs and a hugetlbfs keep it with the file.
    /// </summary>
    public int? NumaNode { get; init; }
}
