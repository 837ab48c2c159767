using System.Diagnostics.CodeAnalysis;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Segment whose owner exited without removing the segment's name.</summary>
/// <param name="Name">Name of the segment.</param>
/// <param name="Owner">Process that created the segment.</param>
/// <param name="ByteCount">Length of the segment in bytes.</param>
/// <param name="ClaimedByteCount">Memory that the segment occupies, in bytes. A sparse segment occupies less than its length.</param>
/// <param name="Modified">Time of the last modification.</param>
/// <param name="Age">Time since the last modification.</param>
public sealed record StaleSegment(
    string Name, SegmentOwner Owner, long ByteCount, long ClaimedByteCount, DateTimeOffset Modified, TimeSpan Age)
{
    /// <summary>Gets the id of the process that created the segment.</summary>
    public int OwnerProcessId => Owner.ProcessId;
}

/// <summary>
/// Lists and removes stale segments. Considers only regular files of this user that have a generated name and whose owner has
/// certainly exited.
/// </summary>
/// <remarks>
/// A running process with the owner's id but another start time is not the owner. Segments of another process-id namespace,
/// such as the namespace of a container that shares /dev/shm, are never removed.
/// </remarks>
public static class StaleSegments
{
    /// <summary>Lists this user's segments whose owner has exited.</summary>
    /// <param name="directory">Absolute path of the directory to search; null means /dev/shm.</param>
    /// <exception cref="ShmException"><paramref name="directory"/> is not an absolute path or cannot be read.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static IReadOnlyList<StaleSegment> List(string? directory = null)
    {
        Platform.Require();
        directory = SegmentPath.Normalize(directory) ?? Platform.SharedMemory;
        var found = new List<StaleSegment>();
        var now = DateTimeOffset.UtcNow;
        foreach (var path in Names(directory))
        {
            if (TryInspect(directory, Path.GetFileName(path), now, out var segment))
            {
                found.Add(segment);
            }
        }

        return found;
    }

    /// <summary>Removes this user's segments whose owner has exited.</summary>
    /// <param name="directory">Absolute path of the directory to search; null means /dev/shm.</param>
    /// <returns>The removed segments.</returns>
    /// <exception cref="ShmException">
    /// <paramref name="directory"/> is not an absolute path or cannot be read, or unlink failed for a segment.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static IReadOnlyList<StaleSegment> Remove(string? directory = null)
    {
        Platform.Require();
        var removed = new List<StaleSegment>();
        directory = SegmentPath.Normalize(directory) ?? Platform.SharedMemory;

        // Removing after listing is not a race: an exited process cannot run again, and no other process generates its names.
        foreach (var segment in List(directory))
        {
            if (SegmentCalls.UnlinkFile(SegmentPath.Encode(directory, segment.Name)) == 0)
            {
                removed.Add(segment);
            }
            else if (SegmentCalls.LastError != Errno.NoEntry)
            {
                // ENOENT is not an error: it means that another process has removed the segment meanwhile.
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
            ShmException.Throw("list", directory, e.Message, "Pass a directory that exists and that this user may read.");
            return [];
        }
    }

    private static unsafe bool TryInspect(
        string directory, string name, DateTimeOffset now, [NotNullWhen(true)] out StaleSegment? segment)
    {
        segment = null;
        if (!SegmentName.TryParseOwner(name, out var owner) || owner.MayBeRunning())
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
