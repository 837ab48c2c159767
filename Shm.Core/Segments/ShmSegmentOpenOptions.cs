namespace Shm.Core;

/// <summary>How a segment that another process created is opened.</summary>
public sealed record ShmSegmentOpenOptions
{
    /// <summary>The directory that it was created in; null is /dev/shm.</summary>
    public string? Directory { get; init; }

    /// <summary>Maps for reading alone; writing to the mapping is then a fault.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Maps every page now, so that no touch is a page fault in this process.</summary>
    public bool Prefault { get; init; }

    /// <summary>
    /// Also accepts an object of another user. Whoever owns an object can shorten it at any time, and touching what
    /// is gone kills this process: only for owners that are trusted as this user is.
    /// </summary>
    public bool AllowForeignOwner { get; init; }
}
