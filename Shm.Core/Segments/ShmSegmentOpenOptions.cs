namespace Shm.Core;

/// <summary>Options for opening an existing segment.</summary>
public sealed record ShmSegmentOpenOptions
{
    /// <summary>Absolute path of the directory that contains the segment; null means /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>Maps the segment read-only: writing to it raises SIGSEGV.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Maps all pages when the segment is opened, so that no access causes a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Maps all pages in the background, so that opening returns at once. <see cref="ShmSegment.BackgroundPrefault"/> tells the
    /// progress. Excludes <see cref="Prefault"/>.
    /// </summary>
    public bool PrefaultInBackground { get; init; }

    /// <summary>
    /// Largest number of threads that map pages for <see cref="Prefault"/> and <see cref="PrefaultInBackground"/>, 1 to 8. The
    /// default of 0 means one thread for each processor that the process may use, at most 8; in the background it means one
    /// less than there are processors, 1 to 8. With <see cref="Prefault"/>, a range of up to 8 MiB is mapped by the calling thread alone.
    /// </summary>
    public int PrefaultThreads { get; init; }

    /// <summary>
    /// Advises the kernel to use transparent huge pages for pages that this process is the first to access. Pages that exist keep
    /// their size.
    /// </summary>
    public bool HugePages { get; init; }

    /// <summary>
    /// Also accepts a segment of another user. Set this only for a user that is trusted: the owner can shorten a segment at any time,
    /// and an access beyond its new end kills this process with SIGBUS.
    /// </summary>
    public bool AllowForeignOwner { get; init; }
}
