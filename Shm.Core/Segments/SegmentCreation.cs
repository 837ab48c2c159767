using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Creates segments with openat, ftruncate, mmap and close. If one of the calls fails, undoes the effects of the earlier calls.
/// </summary>
internal static class SegmentCreation
{
    /// <summary>Creates a sparse segment in /dev/shm under the generated name that ends with the given number.</summary>
    /// <param name="path">"/name\0" for the generated name.</param>
    /// <param name="byteCount">Length in bytes.</param>
    /// <param name="number">Number in the generated name.</param>
    /// <returns>The segment, or null if the name exists.</returns>
    [SkipLocalsInit]
    internal static ShmSegment? Create(ReadOnlySpan<byte> path, long byteCount, uint number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        ShmSegment? segment = null;
        OwnedSegments.Begin();
        try
        {
            var descriptor = SegmentCalls.OpenExclusive(path);
            if (descriptor < 0)
            {
                var errno = SegmentCalls.LastError;
                if (errno == Errno.Exists)
                {
                    return null;
                }

                ShmException.ThrowErrno(SegmentCalls.OpenCall, NameOf(path), errno);
            }

            if (SegmentCalls.Truncate(descriptor, byteCount) != 0)
            {
                UndoAndThrow(descriptor, path, "ftruncate");
            }

            var address = SegmentCalls.Map(descriptor, byteCount, readOnly: false);
            if (address == LibC.MapFailed)
            {
                UndoAndThrow(descriptor, path, "mmap");
            }

            // The mapping keeps the segment alive. An open descriptor per segment would count against the limit of open files.
            SegmentCalls.Close(descriptor);
            segment = ShmSegment.Wrap(null, number, address, byteCount, isOwner: true);
            return segment;
        }
        finally
        {
            OwnedSegments.End(segment);
        }
    }

    /// <summary>Creates a segment with options.</summary>
    /// <returns>The segment, or null if the name exists and <paramref name="retryIfExists"/> is true.</returns>
    internal static ShmSegment? Create(
        string? directory, string name, long byteCount, bool retryIfExists, ShmSegmentOptions options)
    {
        using var file = new SegmentFile(directory, name);
        var segment = CreateMapped(file, byteCount, retryIfExists);
        if (segment is null)
        {
            return null;
        }

        // Reserving and prefaulting may take seconds. The segment is listed already, so that its name is removed if the process
        // exits meanwhile.
        try
        {
            Back(file, options);
        }
        catch
        {
            segment.Dispose();
            throw;
        }

        if (options.PrefaultInBackground)
        {
            segment.StartPrefault(options.PrefaultThreads, [(0, segment.Length)]);
        }

        return segment;
    }

    /// <summary>Creates and maps a file, and lists the segment among those that this process owns.</summary>
    private static ShmSegment? CreateMapped(SegmentFile file, long byteCount, bool retryIfExists)
    {
        ShmSegment? segment = null;
        OwnedSegments.Begin();
        try
        {
            if (file.TryCreate(retryIfExists))
            {
                file.SetLength(byteCount);
                file.Map();
                segment = file.Keep();
            }

            return segment;
        }
        catch
        {
            // The name is removed before the creation ends, since an exiting process waits for the end.
            file.Dispose();
            throw;
        }
        finally
        {
            OwnedSegments.End(segment);
        }
    }

    /// <summary>Backs the pages of a mapped file as the options require.</summary>
    private static void Back(SegmentFile file, ShmSegmentOptions options)
    {
        // Policy and advice must come before the first page is allocated: pages that exist stay where and as small as they are.
        if (options.NumaNode is { } node)
        {
            file.Bind(node);
        }

        if (options.HugePages)
        {
            file.AdviseHugePages();
        }

        if (options.Reserve && options.HugePages)
        {
            file.ReserveHuge(options.PrefaultThreads);
        }
        else if (options.Reserve)
        {
            file.Reserve();
        }

        if (options.Prefault)
        {
            file.Prefault(options.PrefaultThreads);
        }
    }

    private static string NameOf(ReadOnlySpan<byte> path) =>
        Encoding.UTF8.GetString(path[1..Math.Max(1, path.IndexOf((byte)0))]);

    [DoesNotReturn]
    private static void UndoAndThrow(int descriptor, ReadOnlySpan<byte> path, string operation)
    {
        var errno = SegmentCalls.LastError;
        if (SegmentCalls.TryGetStatus(descriptor, out var status))
        {
            SegmentLink.Remove(null, path, status.Identity);
        }

        SegmentCalls.Close(descriptor);
        ShmException.ThrowErrno(operation, NameOf(path), errno);
    }
}
