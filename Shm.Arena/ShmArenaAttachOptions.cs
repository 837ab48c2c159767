namespace Shm.Arena;

/// <summary>Options of <see cref="ShmArena.Attach(string, ShmArenaAttachOptions?)"/>.</summary>
public sealed record ShmArenaAttachOptions
{
    /// <summary>Directory in which the arena was created; null means /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>Maps all pages of data when the arena is attached, so that no access to them causes a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Maps all pages of data in the background, so that the arena can be used at once. A block can be used before and after its
    /// pages are mapped. <see cref="ShmArena.BackgroundPrefault"/> tells the progress. Excludes <see cref="Prefault"/>.
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
    /// Also accepts an arena of another user. That user can truncate the file at any time, and an access beyond its new end
    /// then raises SIGBUS in this process.
    /// </summary>
    public bool AllowForeignOwner { get; init; }
}
