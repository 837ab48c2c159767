using System.Diagnostics.CodeAnalysis;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>A segment whose owner died without removing it.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Owner">The process that made it.</param>
/// <param name="ByteCount">Its length in bytes.</param>
/// <param name="ClaimedByteCount">The memory that it holds, in bytes; less than its length where it is sparse.</param>
/// <param name="Modified">When it was last changed.</param>
/// <param name="Age">How long ago that is.</param>
public sealed record StaleSegment(
    string Name, SegmentOwner Owner, long ByteCount, long ClaimedByteCount, DateTimeOffset Modified, TimeSpan Age)
{
    /// <summary>The process that made it.</summary>
    public int OwnerProcessId => Owner.ProcessId;
}

/// <summary>
/// Finds and removes what dead processes left. Touches only this user's regular files under a generated name whose
/// process is dead for certain: one of the same id that started at another time is not the owner, and what a process
/// of another namespace (a container that shares /dev/shm) made stays.
/// </summary>
public static class StaleSegments
{
    /// <summary>This user's segments whose owner is dead.</summary>
    /// <param name="directory">Where to look; null is /dev/shm.</param>
    /// <exception cref="ShmException">The directory can't be read.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static IReadOnlyList<StaleSegment> List(string? directory = null)
    {
        Platform.Require();
        directory = SegmentPath.Normalize(directory) ?? SegmentPath.SharedMemory;
        var found = new List<StaleSegment>();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (string path in Names(directory))
        {
            if (TryInspect(directory, Path.GetFileName(path), now, out StaleSegment? segment))
            {
                found.Add(segment);
            }
        }

        return found;
    }

    /// <summary>Removes this user's segments whose owner is dead.</summary>
    /// <param name="directory">Where to look; null is /dev/shm.</param>
    /// <returns>Those that were removed.</returns>
    /// <exception cref="ShmException">The directory can't be read, or the system refused to remove one.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static IReadOnlyList<StaleSegment> Remove(string? directory = null)
    {
        Platform.Require();
        var removed = new List<StaleSegment>();
        directory = SegmentPath.Normalize(directory) ?? SegmentPath.SharedMemory;

        // Between listing and removing nothing can become wrong: a dead process stays dead, and its names are nobody else's.
        foreach (StaleSegment segment in List(directory))
        {
            if (SegmentCalls.UnlinkFile(SegmentPath.Encode(directory, segment.Name)) == 0)
            {
                removed.Add(segment);
            }
            else if (SegmentCalls.LastError != Errno.NoEntry)
            {
                // Gone already is as good; anything else the user should know.
                ShmException.ThrowLastError("unlink", SegmentPath.Label(directory, segment.Name), directory);
            }
        }

        return removed;
    }

    private static string[] Names(string directory)
    {
        try
        {
            return Directory.GetFiles(directory, SegmentName.Prefix + "*");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ShmException.Throw("list", directory, e.Message, "Name a directory that is there and that this user may read.");
            return [];
        }
    }

    private static unsafe bool TryInspect(
        string directory, string name, DateTimeOffset now, [NotNullWhen(true)] out StaleSegment? segment)
    {
        segment = null;
        if (!SegmentName.TryParseOwner(name, out SegmentOwner owner) || owner.MayLive())
        {
            return false;
        }

        FileStatus status;
        fixed (byte* path = SegmentPath.Encode(directory, name))
        {
            if (LibC.LinkStatus(path, &status) != 0)
            {
                return false;
            }
        }

        if (!status.IsRegularFile || status.UserId != LibC.EffectiveUserId())
        {
            return false;
        }

        segment = new StaleSegment(name, owner, status.ByteCount, status.ClaimedByteCount, status.Modified, now - status.Modified);
        return true;
    }
}
