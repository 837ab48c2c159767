namespace Shm.Arena;

/// <summary>Options of <see cref="ShmArena.Attach(string, ShmArenaAttachOptions?)"/>.</summary>
public sealed record ShmArenaAttachOptions
{
    /// <summary>Directory in which the arena was created; null is /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>Maps every page of data and metadata now, so that no access is a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Accepts an arena of another user too. That user can truncate the file at any time, and an access to it is then a
    /// SIGBUS in this process.
    /// </summary>
    public bool AllowForeignOwner { get; init; }
}
