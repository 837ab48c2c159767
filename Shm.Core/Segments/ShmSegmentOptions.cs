namespace Shm.Core;

/// <summary>How a segment is created. The default is what plain creation does: /dev/shm, backed on first touch.</summary>
public sealed record ShmSegmentOptions
{
    /// <summary>
    /// The absolute path of a directory on a file system of memory: a hugetlbfs mount, a tmpfs with huge pages, one
    /// on CXL memory. Null is /dev/shm. On a hugetlbfs the length is rounded up to whole huge pages.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Claims every page at creation (fallocate). Without it a segment is sparse, and the first touch of a page for
    /// which the file system has no room kills the process with SIGBUS; with it creation fails instead.
    /// </summary>
    public bool Reserve { get; init; }

    /// <summary>Maps every page at creation, so that no touch is a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Advises transparent huge pages. Only advice: whether it has an effect is up to the kernel
    /// (/sys/kernel/mm/transparent_hugepage/shmem_enabled) or to the mount option <c>huge=</c>.
    /// </summary>
    public bool HugePages { get; init; }
}
