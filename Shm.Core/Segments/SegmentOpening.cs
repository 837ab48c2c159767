using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Opens segments of other processes. Validates the open descriptor, so that the file cannot be replaced between check and use.
/// </summary>
internal static class SegmentOpening
{
    /// <summary>Number of attempts to open a segment on which another process holds a lease. A lease lasts microseconds.</summary>
    private const int MaxAttempts = 1000;

    /// <summary>Opens, validates and maps a segment.</summary>
    internal static ShmSegment Open(
        string? directory, string name, long minimumByteCount, ShmSegmentOpenOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumByteCount);
        var path = SegmentPath.Encode(directory, name);
        var label = SegmentPath.Label(directory, name);
        var descriptor = OpenDescriptor(directory, path, options.ReadOnly);
        if (descriptor < 0)
        {
            ShmException.ThrowLastError(directory is null ? SegmentCalls.OpenCall : "open", label, directory);
        }

        try
        {
            var status = ValidatedStatus(descriptor, directory, label, minimumByteCount, options.AllowForeignOwner);
            var byteCount = status.ByteCount;
            var address = directory is null
                ? SegmentCalls.Map(descriptor, byteCount, options.ReadOnly)
                : SegmentCalls.MapAccounted(descriptor, byteCount, options.ReadOnly);
            if (address == LibC.MapFailed)
            {
                ShmException.ThrowLastError("mmap", label, directory);
            }

            if (options.HugePages)
            {
                // A failure is ignored, since a segment without huge pages is only slower.
                _ = SegmentCalls.Advise(address, byteCount, LibC.AdviseHugePage);
            }

            if (options.Prefault && Prefault(descriptor, address, byteCount, options) is (var call, not 0 and var errno))
            {
                SegmentCalls.Unmap(address, byteCount);
                ShmException.ThrowErrno(call, label, errno, directory);
            }

            var segment = ShmSegment.Wrap(name, 0, address, byteCount, isOwner: false, directory, options.ReadOnly, status.Identity);
            if (options.PrefaultInBackground)
            {
                segment.StartPrefault(options.PrefaultThreads, [(0, byteCount)]);
            }

            return segment;
        }
        finally
        {
            SegmentCalls.Close(descriptor);
        }
    }

    /// <summary>Opens an existing segment. Waits while another process holds a lease on it to find out whether it is in use.</summary>
    /// <returns>The descriptor, or -1.</returns>
    internal static int OpenDescriptor(string? directory, ReadOnlySpan<byte> path, bool readOnly)
    {
        for (var attempt = 0; ; attempt++)
        {
            var descriptor = directory is null
                ? SegmentCalls.OpenExisting(path, readOnly)
                : SegmentCalls.OpenFileExisting(path, readOnly);
            if (descriptor >= 0 || SegmentCalls.LastError != Errno.TryAgain || attempt == MaxAttempts)
            {
                return descriptor;
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>Maps all pages.</summary>
    /// <returns>Name of the last call that was made, and its error number, which is 0 on success.</returns>
    private static (string Call, int Errno) Prefault(int descriptor, nint address, long byteCount, ShmSegmentOpenOptions options)
    {
        var errno = Prefaulting.Populate(address, byteCount, options.ReadOnly, options.PrefaultThreads);
        if (errno != Errno.Invalid)
        {
            return ("madvise", errno);
        }

        // Touching a page that is not reserved could raise SIGBUS, and reserving needs a descriptor for writing.
        if (options.ReadOnly)
        {
            return ("madvise", Errno.NotSupported);
        }

        errno = SegmentBacking.Reserve(descriptor, byteCount);
        if (errno == 0)
        {
            SegmentBacking.Touch(address, byteCount, readOnly: false);
        }

        return ("fallocate", errno);
    }

    /// <summary>Returns the status of the segment after validating its type, owner and length.</summary>
    private static FileStatus ValidatedStatus(
        int descriptor, string? directory, string label, long minimumByteCount, bool allowForeignOwner)
    {
        if (!SegmentCalls.TryGetStatus(descriptor, out var status))
        {
            ShmException.ThrowLastError("fstat", label, directory);
        }

        if (!status.IsRegularFile)
        {
            ShmException.Throw("open", label, "it is not a regular file", "Remove the file of this name.");
        }

        if (status.UserId != LibC.EffectiveUserId() && !allowForeignOwner)
        {
            ShmException.Throw("open", label, $"it belongs to user {status.UserId}",
                "Run both processes as the same user, or set AllowForeignOwner if that user is trusted.");
        }

        if (status.ByteCount < minimumByteCount)
        {
            ShmException.Throw("open", label,
                $"it has {status.ByteCount} bytes, expected at least {minimumByteCount}",
                "Wait until the owner has created the segment completely, and pass the length that the owner announced.");
        }

        return status;
    }
}
