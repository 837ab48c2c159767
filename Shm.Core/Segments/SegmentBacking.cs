using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Giving a segment its memory ahead of the first touch. Each answers 0 or the error number.</summary>
internal static unsafe class SegmentBacking
{
    /// <summary>
    /// fallocate on a tmpfs gives up and undoes everything when any signal arrives, and the runtime sends signals to
    /// suspend threads. A step takes some 5 ms (0.3 us a page), so that starting one again is cheap.
    /// </summary>
    private const long StepByteCount = 64L << 20;

    /// <summary>Claims every page from the file system.</summary>
    internal static int Reserve(int descriptor, long byteCount) => Reserve(descriptor, 0, byteCount);

    /// <summary>Claims every page of a range from the file system.</summary>
    internal static int Reserve(int descriptor, long start, long byteCount)
    {
        // Step by step it would first take what others need, all there is.
        if (SegmentCalls.TryGetFileSystem(descriptor, out FileSystemStatus system) && system.IsSmallerThan(byteCount))
        {
            return Errno.NoSpace;
        }

        for (long offset = start; offset < start + byteCount; offset += StepByteCount)
        {
            long step = Math.Min(StepByteCount, start + byteCount - offset);
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

    /// <summary>Maps every page of a range that begins at a page.</summary>
    internal static int Populate(nint address, long byteCount, bool readOnly)
    {
        int advice = readOnly ? LibC.AdvisePopulateRead : LibC.AdvisePopulateWrite;
        while (SegmentCalls.Advise(address, byteCount, advice) != 0)
        {
            switch (SegmentCalls.LastError)
            {
                case Errno.Interrupted:
                    break;

                // What a touch would answer with SIGBUS: the file system has no page left.
                case Errno.BadAddress:
                    return Errno.NoSpace;

                case var errno:
                    return errno;
            }
        }

        return 0;
    }

    /// <summary>
    /// For kernels before Linux 5.14, which do not know <see cref="Populate"/>. The pages must be reserved: the touch
    /// of one that is not there would be a SIGBUS.
    /// </summary>
    internal static void Touch(nint address, long byteCount, bool readOnly)
    {
        for (long offset = 0; offset < byteCount; offset += Environment.SystemPageSize)
        {
            ref int word = ref *(int*)(address + (nint)offset);
            if (readOnly)
            {
                Volatile.Read(ref word);
            }
            else
            {
                // Changes nothing, also where a peer is writing at the same moment.
                Interlocked.Or(ref word, 0);
            }
        }
    }
}
