using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Creation in four calls (openat in /dev/shm, ftruncate, mmap, close), undone as far as it came if one fails.</summary>
internal static class SegmentCreation
{
    /// <summary>In /dev/shm, sparse. Null only if the name is taken and the caller wants to try another.</summary>
    [SkipLocalsInit]
    internal static ShmSegment? Create(
        ReadOnlySpan<byte> path, long byteCount, bool retryIfExists, string? name, uint number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        ShmSegment? segment = null;
        OwnedSegments.Begin();
        try
        {
            int descriptor = SegmentCalls.OpenExclusive(path);
            if (descriptor < 0)
            {
                int errno = SegmentCalls.LastError;
                if (errno == Errno.Exists && retryIfExists)
                {
                    return null;
                }

                ShmException.ThrowErrno("shm_open", Text(path), errno);
            }

            if (SegmentCalls.Truncate(descriptor, byteCount) != 0)
            {
                Abandon(descriptor, path, "ftruncate");
            }

            nint address = SegmentCalls.Map(descriptor, byteCount, readOnly: false);
            if (address == LibC.MapFailed)
            {
                Abandon(descriptor, path, "mmap");
            }

            // The mapping keeps the object: a descriptor per segment would only count against the limit.
            SegmentCalls.Close(descriptor);
            segment = ShmSegment.Wrap(name, number, address, byteCount, isOwner: true);
            return segment;
        }
        finally
        {
            OwnedSegments.End(segment);
        }
    }

    /// <summary>As the options say. Null only if the name is taken and the caller wants to try another.</summary>
    internal static ShmSegment? Create(
        string? directory, string name, long byteCount, bool retryIfExists, ShmSegmentOptions options)
    {
        ShmSegment? segment = null;
        OwnedSegments.Begin();
        try
        {
            using var file = new SegmentFile(directory, name);
            return file.TryCreate(retryIfExists) ? segment = Fill(file, byteCount, options) : null;
        }
        finally
        {
            OwnedSegments.End(segment);
        }
    }

    private static ShmSegment Fill(SegmentFile file, long byteCount, ShmSegmentOptions options)
    {
        file.Size(byteCount);
        if (options.Reserve)
        {
            file.Reserve();
        }

        file.Map();
        if (options.HugePages)
        {
            // Before the first page is there: a range that has small pages keeps them.
            file.AdviseHugePages();
        }

        if (options.Prefault)
        {
            file.Prefault();
        }

        return file.Keep();
    }

    internal static string Text(ReadOnlySpan<byte> path) =>
        Encoding.UTF8.GetString(path[1..Math.Max(1, path.IndexOf((byte)0))]);

    [DoesNotReturn]
    private static void Abandon(int descriptor, ReadOnlySpan<byte> path, string operation)
    {
        int errno = SegmentCalls.LastError;
        SegmentCalls.Close(descriptor);
        SegmentCalls.Unlink(path);
        ShmException.ThrowErrno(operation, Text(path), errno);
    }
}
