using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Opening what another process made, checked on the open descriptor, so that nothing can change in between.</summary>
internal static class SegmentOpening
{
    internal static ShmSegment Open(ReadOnlySpan<byte> path, string name, long minimumByteCount, bool readOnly)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumByteCount);
        int descriptor = SegmentCalls.OpenExisting(path, readOnly);
        if (descriptor < 0)
        {
            ShmException.ThrowLastError("shm_open", name);
        }

        try
        {
            long byteCount = CheckedByteCount(descriptor, name, minimumByteCount);
            nint address = SegmentCalls.Map(descriptor, byteCount, readOnly);
            if (address == LibC.MapFailed)
            {
                ShmException.ThrowLastError("mmap", name);
            }

            return ShmSegment.Wrap(name, 0, address, byteCount, isOwner: false);
        }
        finally
        {
            SegmentCalls.Close(descriptor);
        }
    }

    private static long CheckedByteCount(int descriptor, string name, long minimumByteCount)
    {
        if (!SegmentCalls.TryGetStatus(descriptor, out FileStatus status))
        {
            ShmException.ThrowLastError("fstat", name);
        }

        if (!status.IsRegularFile)
        {
            ShmException.Throw("open", name, "the object is not a regular file", "Remove what stands under this name.");
        }

        if (status.UserId != LibC.EffectiveUserId())
        {
            ShmException.Throw("open", name, $"the object belongs to user {status.UserId}",
                "Only objects of the same user are trusted; run both processes as one user.");
        }

        if (status.ByteCount < minimumByteCount)
        {
            ShmException.Throw("open", name,
                $"the object has {status.ByteCount} bytes, fewer than the {minimumByteCount} announced",
                "Its owner has not finished creating it, or announced another length.");
        }

        return status.ByteCount;
    }
}
