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
    /// <returns>
    /// Name of the call that reserves the pages, and its error number, which is 0 on success; ENOSPC, without a call, if the file
    /// system is smaller than the range.
    /// </returns>
    internal static (string Call, int Errno) Reserve(int descriptor, long offset, nint address, long byteCount, int threads)
    {
        if (SegmentCalls.TryGetStatus(descriptor, out var status) && HugePageSettings.Read(status.Identity).NeedsAdvice)
        {
            if (SegmentBacking.IsTooLong(descriptor, byteCount))
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
