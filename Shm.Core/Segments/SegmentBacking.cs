using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Allocates the memory of a segment before its first use. Methods return 0 or an error number.</summary>
internal static unsafe class SegmentBacking
{
    /// <summary>Number of bytes that one call to fallocate reserves: 64 MiB.</summary>
    // fallocate on a tmpfs fails with EINTR and undoes its work when a signal arrives, and the runtime sends signals to suspend
    // threads. A call for 64 MiB takes about 5 ms (0.3 µs a page), so that a signal undoes 5 ms of work at most.
    private const long StepByteCount = 64L << 20;

    /// <summary>Reserves the pages of a whole segment in the file system.</summary>
    internal static int Reserve(int descriptor, long byteCount) => Reserve(descriptor, 0, byteCount);

    /// <summary>Reserves the pages of a range in the file system.</summary>
    /// <returns>
    /// 0 on success; the error number of fallocate if it failed; ENOSPC, without a call, if the file system is smaller than the
    /// range.
    /// </returns>
    internal static int Reserve(int descriptor, long start, long byteCount)
    {
        // Without this check, the calls for a range that is too long would take all free memory of the file system before one
        // of them fails.
        if (IsTooLong(descriptor, byteCount))
        {
            return Errno.NoSpace;
        }

        for (var offset = start; offset < start + byteCount; offset += StepByteCount)
        {
            var step = Math.Min(StepByteCount, start + byteCount - offset);
            while (SegmentCalls.Allocate(descriptor, offset, step) != 0)
            {
                if (SegmentCalls.LastError is not Errno.Interrupted and var errno)
                {
                    return errno;
                }
            }
        }

        return 0;
    }

    /// <summary>Returns true if the file system of a segment is smaller than a range.</summary>
    internal static bool IsTooLong(int descriptor, long byteCount) =>
        SegmentCalls.TryGetFileSystem(descriptor, out var system) && system.IsSmallerThan(byteCount);

    /// <summary>Maps the pages of a range with madvise. Kernels before Linux 5.14 return EINVAL.</summary>
    /// <param name="address">Address of the range, a multiple of the page size.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <param name="readOnly">True if the range is mapped read-only.</param>
    internal static int Populate(nint address, long byteCount, bool readOnly)
    {
        var advice = readOnly ? LibC.AdvisePopulateRead : LibC.AdvisePopulateWrite;
        while (SegmentCalls.Advise(address, byteCount, advice) != 0)
        {
            switch (SegmentCalls.LastError)
            {
                case Errno.Interrupted:
                    break;

                // The file system has no free page; an access would raise SIGBUS.
                case Errno.BadAddress:
                    return Errno.NoSpace;

                case var errno:
                    return errno;
            }
        }

        return 0;
    }

    /// <summary>
    /// Maps the pages of a range by accessing each one, for kernels before Linux 5.14. The pages must be reserved: an access to a page
    /// that the file system cannot supply raises SIGBUS.
    /// </summary>
    internal static void Touch(nint address, long byteCount, bool readOnly)
    {
        for (long offset = 0; offset < byteCount; offset += Environment.SystemPageSize)
        {
            ref var word = ref *(int*)(address + (nint)offset);
            if (readOnly)
            {
                Volatile.Read(ref word);
            }
            else
            {
                // This access leaves the contents unchanged, even if another process writes at the same time.
                Interlocked.Or(ref word, 0);
            }
        }
    }
}
