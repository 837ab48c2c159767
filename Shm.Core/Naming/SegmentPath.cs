using System.Text;

namespace Shm.Core;

/// <summary>
/// Where an object lies, as NUL-terminated UTF-8: "/name" for shm_open where the directory is /dev/shm, and
/// otherwise a path for open.
/// </summary>
internal static class SegmentPath
{
    /// <summary>The directory that shm_open uses on Linux.</summary>
    internal const string SharedMemory = "/dev/shm";

    /// <summary>PATH_MAX: the longest path that the kernel takes, with its NUL.</summary>
    private const int LongestByteCount = 4096;

    /// <summary>Null for /dev/shm, the directory without a final slash otherwise.</summary>
    /// <exception cref="ShmException">It is relative or too long, or holds a NUL.</exception>
    internal static string? Normalize(string? directory)
    {
        if (directory is null)
        {
            return null;
        }

        string? reason = !directory.StartsWith('/') ? "the directory is not an absolute path"
            : directory.Contains('\0', StringComparison.Ordinal) ? "the directory holds a NUL"
            : Encoding.UTF8.GetByteCount(directory) > LongestByteCount - SegmentName.BufferByteCount ? "the directory's path is too long"
            : null;
        if (reason is not null)
        {
            ShmException.Throw("directory", directory.Replace("\0", "\\0", StringComparison.Ordinal), reason,
                "Name the absolute path of a directory on a tmpfs, a hugetlbfs or another file system of memory.");
        }

        string trimmed = directory.TrimEnd('/');
        return trimmed == SharedMemory ? null : trimmed;
    }

    /// <summary>The path of an object in a normalised directory.</summary>
    internal static byte[] Encode(string? directory, string name) => Encoding.UTF8.GetBytes($"{directory}/{name}\0");

    /// <summary>The object for messages: the bare name in /dev/shm, the whole path elsewhere.</summary>
    internal static string Label(string? directory, string name) => directory is null ? name : $"{directory}/{name}";
}
