using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Opening what another process made, checked on the open descriptor, so that nothing can change in between.</summary>
internal static class SegmentOpening
{
    internal static ShmSegment Open(
        string? directory, string name, long minimumByteCount, ShmSegmentOpenOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumByteCount);
        byte[] path = SegmentPath.Encode(directory, name);
        string label = SegmentPath.Label(directory, name);
        int descriptor = directory is null
            ? SegmentCalls.OpenExisting(path, options.ReadOnly)
            : SegmentCalls.OpenFileExisting(path, options.ReadOnly);
        if (descriptor < 0)
        {
            ShmException.ThrowLastError(directory is null ? "shm_open" : "open", label, directory);
        }

        try
        {
            long byteCount = CheckedByteCount(descriptor, directory, label, minimumByteCount, options.AllowForeignOwner);
            nint address = directory is null
                ? SegmentCalls.Map(descriptor, byteCount, options.ReadOnly)
                : SegmentCalls.MapAccounted(descriptor, byteCount, options.ReadOnly);
            if (address == LibC.MapFailed)
            {
                ShmException.ThrowLastError("mmap", label, directory);
            }

            if (options.Prefault && Prefault(descriptor, address, byteCount, options.ReadOnly) is not 0 and var errno)
            {
                SegmentCalls.Unmap(address, byteCount);
                ShmException.ThrowErrno("madvise", label, errno, directory);
            }

            return ShmSegment.Wrap(name, 0, address, byteCount, isOwner: false, directory, options.ReadOnly);
        }
        finally
        {
            SegmentCalls.Close(descriptor);
        }
    }

    private static int Prefault(int descriptor, nint address, long byteCount, bool readOnly)
    {
        int errno = SegmentBacking.Populate(address, byteCount, readOnly);
        if (errno != Errno.Invalid)
        {
            return errno;
        }

        // Reserved first, or a touch could be a SIGBUS; with a descriptor for reading alone that can't be done.
        errno = readOnly ? Errno.NotSupported : SegmentBacking.Reserve(descriptor, byteCount);
        if (errno == 0)
        {
            SegmentBacking.Touch(address, byteCount, readOnly);
        }

        return errno;
    }

    private static long CheckedByteCount(
        int descriptor, string? directory, string label, long minimumByteCount, bool allowForeignOwner)
    {
        if (!SegmentCalls.TryGetStatus(descriptor, out FileStatus status))
        {
            ShmException.ThrowLastError("fstat", label, directory);
        }

        if (!status.IsRegularFile)
        {
            ShmException.Throw("open", label, "the object is not a regular file", "Remove what stands under this name.");
        }

        if (status.UserId != LibC.EffectiveUserId() && !allowForeignOwner)
        {
            ShmException.Throw("open", label, $"the object belongs to user {status.UserId}",
                "Only objects of the same user are trusted; run both processes as one user, or allow foreign owners.");
        }

        if (status.ByteCount < minimumByteCount)
        {
            ShmException.Throw("open", label,
                $"the object has {status.ByteCount} bytes, fewer than the {minimumByteCount} announced",
                "Its owner has not finished creating it, or announced another length.");
        }

        return status.ByteCount;
    }
}
