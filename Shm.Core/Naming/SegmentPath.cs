using System.Text;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Paths of segments as NUL-terminated UTF-8: "/name" in /dev/shm, an absolute path in any other directory.</summary>
internal static class SegmentPath
{
    /// <summary>PATH_MAX: length in bytes of the longest path that the kernel accepts, including the final NUL.</summary>
    private const int MaxPathByteCount = 4096;

    /// <summary>Returns null for /dev/shm. Returns any other directory without its trailing slashes.</summary>
    /// <exception cref="ShmException"><paramref name="directory"/> is relative, too long, or contains a NUL.</exception>
    internal static string? Normalize(string? directory)
    {
        if (directory is null)
        {
            return null;
        }

        var reason = !directory.StartsWith('/') ? "the path is not absolute"
            : directory.Contains('\0', StringComparison.Ordinal) ? "the path contains a NUL"
            : Encoding.UTF8.GetByteCount(directory) > MaxPathByteCount - SegmentName.BufferByteCount ? "the path is too long"
            : null;
        if (reason is not null)
        {
            ShmException.Throw("validate directory", directory.Replace("\0", "\\0", StringComparison.Ordinal), reason,
                "Pass the absolute path of a directory on a tmpfs, a hugetlbfs or another memory-backed file system.");
        }

        var trimmed = directory.TrimEnd('/');
        return trimmed == Platform.SharedMemory ? null : trimmed;
    }

    /// <summary>Encodes the path of a segment in a normalised directory.</summary>
    internal static byte[] Encode(string? directory, string name) => Encoding.UTF8.GetBytes($"{directory}/{name}\0");

    /// <summary>Returns the text by which messages name a segment: its name in /dev/shm, its path in any other directory.</summary>
    internal static string Label(string? directory, string name) => directory is null ? name : $"{directory}/{name}";
}
