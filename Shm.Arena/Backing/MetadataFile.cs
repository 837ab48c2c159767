using Microsoft.Win32.SafeHandles;
using Shm.Arena.Native;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Pages of an arena's metadata in its file. A page is backed if the file system has allocated it. An access to another page
/// allocates the page, and raises SIGBUS if the file system is full. Therefore no page of metadata is accessed before this
/// process knows that the page is backed.
/// </summary>
/// <param name="start">Address at which the file is mapped.</param>
/// <param name="file">The open file.</param>
internal sealed class MetadataFile(nint start, SafeFileHandle file)
{
    /// <summary>True if the file system had no page left when metadata was needed last.</summary>
    internal bool IsShort { get; private set; }

    /// <summary>Returns the end of the backed pages that begin at an offset. Allocates no page.</summary>
    internal long BackedEnd(long offset) => FileHoles.FirstFrom(file, offset);

    /// <summary>
    /// Backs a range: allocates those of its pages that are not backed, and maps the range. Offset and length are multiples of a
    /// page.
    /// </summary>
    /// <returns>0 on success; ENOSPC if the file system is full; or another error number.</returns>
    internal int Back(long offset, long byteCount)
    {
        var errno = byteCount == 0 ? 0 : SegmentBacking.Populate(start + (nint)offset, byteCount, readOnly: false);
        if (errno == Errno.Invalid)
        {
            // Kernels before Linux 5.14 do not know MADV_POPULATE_WRITE. A page that is reserved but never written counts as a hole.
            errno = Reserve(offset, byteCount);
            if (errno == 0)
            {
                SegmentBacking.Touch(start + (nint)offset, byteCount, readOnly: false);
            }
        }

        IsShort = errno != 0;
        return errno;
    }

    /// <summary>Reserves a range in the file system without mapping it.</summary>
    /// <returns>0 on success, or the error number.</returns>
    internal int Reserve(long offset, long byteCount) =>
        SegmentBacking.Reserve((int)file.DangerousGetHandle(), offset, byteCount);
}
