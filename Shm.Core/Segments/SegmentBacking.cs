using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Allocates the memory of a segment before its first use. Methods return 0 or an error number.</summary>
internal static unsafe class SegmentBacking
{
    /// <summary>Maximum and minimum number of bytes that one call to fallocate reserves: 64 MiB and 1 MiB.</summary>
    // When a signal arrives, many kernels let fallocate on a tmpfs fail with EINTR and undo its work (Linux 6.18 was seen not to), and
    // the runtime sends signals to suspend threads. A call for 64 MiB takes about 5 ms (0.3 µs a page), so that a signal undoes 5 ms
    // of work at most. If signals arrive more often, for example from a profiler, only shorter calls succeed.
    internal const long MaxStepByteCount = 64L << 20, MinStepByteCount = 1L << 20;

    private static readonly Func<int, long, long, int> s_allocate = static (descriptor, offset, byteCount) =>
        SegmentCalls.Allocate(descriptor, offset, byteCount) == 0 ? 0 : SegmentCalls.LastError;

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

        return Reserve(descriptor, start, byteCount, s_allocate);
    }

    /// <summary>Reserves the pages of a range by several calls, which are shorter after one was interrupted.</summary>
    /// <param name="descriptor">The open file.</param>
    /// <param name="start">Offset of the range in bytes.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <param name="allocate">Reserves a part of the range: descriptor, offset, length. Returns 0 or an error number.</param>
    internal static int Reserve(int descriptor, long start, long byteCount, Func<int, long, long, int> allocate)
    {
        var step = MaxStepByteCount;
        for (var offset = start; offset < start + byteCount;)
        {
            var length = Math.Min(step, start + byteCount - offset);
            switch (allocate(descriptor, offset, length))
            {
                case 0:
                    offset += length;
                    step = Math.Min(MaxStepByteCount, step * 2);
                    break;

                case Errno.Interrupted:
                    step = Math.Max(MinStepByteCount, step / 2);
                    break;

                case var errno:
                    return errno;
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
