using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Shm.Core.Native;

namespace Shm.Arena.Native;

/// <summary>
/// Finds holes in files (lseek(2), SEEK_HOLE). A hole is a range that the file system has not allocated, or that was never
/// written.
/// </summary>
internal static partial class FileHoles
{
    private const int SeekHole = 4;

    /// <summary>Returns the offset of the first hole that lies at an offset or after it. The end of the file counts as a hole.</summary>
    /// <returns>The offset of the hole; the greatest number if the file system cannot tell where the holes are.</returns>
    internal static long FirstFrom(SafeFileHandle file, long offset)
    {
        var hole = Seek(file, offset, SeekHole);
        return hole >= 0 ? hole : Marshal.GetLastPInvokeError() == Errno.Invalid ? long.MaxValue : offset;
    }

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int origin);
}
