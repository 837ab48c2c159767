using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Lists and removes stale segments: segments and arenas of this user that no process uses any more, and whose owner was killed
/// before it removed the name. Files that this library did not create are never considered.
/// </summary>
/// <remarks>
/// <para>
/// A segment is in use while a process has it open or mapped for writing. The kernel knows this for the processes of all namespaces and
/// containers. So a segment of a killed owner becomes stale when the last other process has unmapped it; only read-only mappings
/// do not count, and stay usable after the removal.
/// </para>
/// <para>
/// The kernel knows this on a tmpfs and on a hugetlbfs. On any other file system, and where <c>/proc/sys/fs/leases-enable</c> is 0, no
/// segment is listed or removed.
/// </para>
/// </remarks>
public static class StaleSegments
{
    /// <summary>Lists this user's segments that no process uses.</summary>
    /// <param name="directory">Absolute path of the directory to search; null means /dev/shm.</param>
    /// <exception cref="ShmException"><paramref name="directory"/> is not an absolute path or cannot be read.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static IReadOnlyList<StaleSegment> List(string? directory = null) => Find(directory, isRemoving: false);

    /// <summary>Removes this user's segments that no process uses.</summary>
    /// <param name="directory">Absolute path of the directory to search; null means /dev/shm.</param>
    /// <returns>The removed segments.</returns>
    /// <exception cref="ShmException">
    /// <paramref name="directory"/> is not an absolute path or cannot be read, or unlink failed for a segment.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static IReadOnlyList<StaleSegment> Remove(string? directory = null) => Find(directory, isRemoving: true);

    private static List<StaleSegment> Find(string? directory, bool isRemoving)
    {
        Platform.Require();
        directory = SegmentPath.Normalize(directory) ?? Platform.SharedMemory;
        var found = new List<StaleSegment>();
        var now = DateTimeOffset.UtcNow;
        foreach (var path in Files(directory))
        {
            var name = Path.GetFileName(path);
            SegmentLease.TryTake(directory, name, isRemoving, out var lease);
            using (lease)
            {
                // The lease is held until the name is removed, so that no process can open the segment meanwhile.
                if (lease is not null && (!isRemoving || TryRemove(directory, name, lease)))
                {
                    found.Add(Describe(name, lease.Status, now));
                }
            }
        }

        return found;
    }

    private static string[] Files(string directory)
    {
        try
        {
            return Directory.GetFiles(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ShmException.Throw("list", directory, e.Message, "Pass a directory that exists and that this user may read.");
            return [];
        }
    }

    /// <summary>Removes the name of a segment.</summary>
    /// <returns>False if another process has removed the name meanwhile.</returns>
    private static bool TryRemove(string directory, string name, SegmentLease lease)
    {
        var errno = SegmentLink.Remove(directory, SegmentPath.Encode(directory, name), lease.Status.Identity);
        if (errno is not 0 and not Errno.NoEntry)
        {
            ShmException.ThrowErrno("unlink", SegmentPath.Label(directory, name), errno, directory);
        }

        return errno == 0;
    }

    private static StaleSegment Describe(string name, in FileStatus status, DateTimeOffset now) => new(
        name, SegmentName.TryParseOwner(name, out var owner) ? owner : null,
        status.ByteCount, status.ClaimedByteCount, status.Modified, now - status.Modified);
}
