using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Reserves the pages of a mapping that is advised to use huge pages.</summary>
internal static class HugePageReservation
{
    /// <summary>
    /// Reserves a range. Where a tmpfs gives huge pages only to advised mappings, allocates the pages through the mapping, since
    /// fallocate would allocate small pages.
    /// </summary>
    /// <param name="descriptor">The open file.</param>
    /// <param name="offset">Offset of the range in the file.</param>
    /// <param name="address">Address of the range.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <param name="threads">Number of threads; see <see cref="ShmSegmentOptions.PrefaultThreads"/>.</param>
    /// <returns>Name of the last call that was made, and its error number, which is 0 on success.</returns>
    internal static (string Call, int Errno) Reserve(int descriptor, long offset, nint address, long byteCount, int threads)
    {
        if (SegmentCalls.TryGetStatus(descriptor, out var status) && HugePageSettings.Read(status.Identity).NeedsAdvice)
        {
            if (SegmentCalls.TryGetFileSystem(descriptor, out var system) && system.IsSmallerThan(byteCount))
            {
                return ("madvise", Errno.NoSpace);
            }

            // Kernels before Linux 5.14 do not know the advice MADV_POPULATE_WRITE.
            var errno = Prefaulting.Populate(address, byteCount, readOnly: false, threads);
            if (errno != Errno.Invalid)
            {
                return ("madvise", errno);
            }
        }

        return ("fallocate", SegmentBacking.Reserve(descriptor, offset, byteCount));
    }
}
