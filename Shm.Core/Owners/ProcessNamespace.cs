using System.Globalization;

namespace Shm.Core;

/// <summary>Process-id namespace of this process. A process id has a meaning only within its namespace.</summary>
internal static class ProcessNamespace
{
    /// <summary>Returns the inode number of the namespace, or 0 if it cannot be read.</summary>
    internal static uint ReadInode()
    {
        try
        {
            // "pid:[4026531836]"
            var digits = (new FileInfo("/proc/self/ns/pid").LinkTarget ?? "").AsSpan().TrimStart("pid:[").TrimEnd(']');
            return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var inode) ? inode : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
