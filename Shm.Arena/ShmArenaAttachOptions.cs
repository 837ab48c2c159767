namespace Shm.Arena;

/// <summary>How to attach to an arena that another process created: up to 1,024 attachments live at once, see <see cref="ShmArena"/>.</summary>
public sealed record ShmArenaAttachOptions
{
    /// <summary>The directory that it was created in; null is /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>Maps every page of data and metadata now, so that no touch is a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>Also accepts an arena of another user, who could shorten it at any time, which kills whoever touches it.</summary>
    public bool AllowForeignOwner { get; init; }
}
