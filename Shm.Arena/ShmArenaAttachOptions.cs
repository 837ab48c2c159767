namespace Shm.Arena;

/// <summary>Options of <see cref="ShmArena.Attach(string, ShmArenaAttachOptions?)"/>.</summary>
public sealed record ShmArenaAttachOptions
{
    /// <summary>Directory in which the arena was created; null means /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>Maps all pages of data when the arena is attached, so that no access to them causes a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Largest number of threads that map pages for <see cref="Prefault"/>, 1 to 8. The default of 0 means one thread for each
    /// processor that the process may use, at most 8. A range of up to 8 MiB is mapped by the calling thread alone.
    /// </summary>
    public int PrefaultThreads { get; init; }

    /// <summary>
    /// Also accepts an arena of another user. That user can truncate the file at any time, and an access beyond its new end
    /// then raises SIGBUS in this process.
    /// </summary>
    public bool AllowForeignOwner { get; init; }
}
